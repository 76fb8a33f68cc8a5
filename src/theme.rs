//! Themes: data that says how cards look, read from `templates/themes/*.toml` or from a file of the user's.

mod file;

mod variant;

pub use variant::contrast_behind_film;

pub use file::{
    Asides, CueStyle, Facts, HeadStyle, ListStyle, Marker, NotesStyle, NumeralStyle, Ornament, PairingStyle,
    PhotoStyle, Split, StepTitle,
};

use crate::fonts::{FaceId, FaceQuery, FontBook};
use crate::frame::Rgb;
use crate::geom::{Orientation, Size};
use crate::text::Figures;
use file::{RoleFile, ThemeFile};
use std::ops::Range;

macro_rules! roles {
    ($($variant:ident = $key:literal),* $(,)?) => {
        /// The kinds of text on a card.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each is named after what it sets")]
        pub enum TextRole { $($variant),* }

        impl TextRole {
            /// All of them with their keys in theme files.
            pub const ALL: &'static [(TextRole, &'static str)] = &[$((TextRole::$variant, $key)),*];
        }
    };
}

roles! {
    Text = "text", Strong = "strong", Emph = "emph", Amount = "amount", Unit = "unit", Name = "name", BareName = "bare_name",
    Note = "note", Group = "group", StepTitle = "step_title", Cue = "cue", Key = "key", Numeral = "numeral", Title = "title",
    Subtitle = "subtitle", Kicker = "kicker", Label = "label", QuietLabel = "quiet_label", FactLabel = "fact_label", Fact = "fact",
    Running = "running", Foot = "foot", FootNote = "foot_note", Pairing = "pairing", Rail = "rail", RailUnit = "rail_unit",
    Allergen = "allergen", AsideLabel = "aside_label",
}

/// How a kind of text is set.
#[derive(Debug, Clone, Copy)]
pub struct RoleStyle {
    /// Its face.
    pub face: FaceId,
    /// Its colour.
    pub color: Rgb,
    /// Space after every glyph, in ems.
    pub tracking: f32,
    /// In capitals.
    pub upper: bool,
    /// Its figures.
    pub figures: Figures,
}

/// A rung of the ladder of sizes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rung {
    /// Smallest size of the method, in points.
    pub from: f32,
    /// Largest size.
    pub to: f32,
    /// Distance of baselines, relative to the size.
    pub pitch: f32,
    /// Size of the list, relative to that of the method.
    pub list: f32,
}

/// Measures for a class of cards; lengths in points.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// How its cards lie when nobody says otherwise.
    pub orientation: Orientation,
    /// Left and right margin.
    pub margin: f32,
    /// Top margin.
    pub top: f32,
    /// Bottom margin.
    pub bottom: f32,
    /// Factor for the distances between parts, which are given for the 5 × 8 card.
    pub space: f32,
    /// Size of the kicker.
    pub kicker: f32,
    /// Largest size of the title.
    pub title: f32,
    /// Smallest size of the title.
    pub title_min: f32,
    /// Size of the labels of facts.
    pub fact_label: f32,
    /// Size of the facts.
    pub fact: f32,
    /// Size of labels.
    pub label: f32,
    /// Size of the foot.
    pub foot: f32,
    /// Size of the pairings.
    pub pairing: f32,
    /// Between columns.
    pub column_gap: f32,
}

/// How the parts are drawn.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "each is explained in templates/themes/classic.toml")]
pub struct Parts {
    pub head: HeadStyle,
    pub kicker_separator: String,
    pub facts: Facts,
    pub list: ListStyle,
    pub list_marker: Marker,
    pub write_in: bool,
    pub note_joint: String,
    pub numeral: NumeralStyle,
    pub step_title: StepTitle,
    pub cue: CueStyle,
    pub dense_rail: bool,
    pub asides: Asides,
    pub pairings: PairingStyle,
    pub notes: NotesStyle,
    pub split: Split,
    pub photo: PhotoStyle,
    pub labels: bool,
    pub fills: bool,
    pub least_rule: f32,
    pub icon: Rgb,
    pub rule: Rgb,
    pub soft: Rgb,
    pub hair: Rgb,
    pub accent: Rgb,
}

/// How the cover of a book looks; lengths in points on a page of 400 × 640 (book specification, 8).
#[derive(Debug, Clone)]
pub struct Cover {
    /// The colour of the page.
    pub ground: Rgb,
    /// What decorates it.
    pub ornament: Ornament,
    /// Its colour.
    pub ornament_color: Rgb,
    /// From the top edge to what comes first.
    pub top: f32,
    /// From the author's baseline to the bottom edge.
    pub foot: f32,
    /// The title, and its largest size.
    pub title: (RoleStyle, f32),
    /// The most that the title's lines may take.
    pub title_height: f32,
    /// Between a baseline of the title and the capitals of the next line, in ems.
    pub title_gap: f32,
    /// The subtitle, and its size.
    pub subtitle: (RoleStyle, f32),
    /// The author, and its size.
    pub author: (RoleStyle, f32),
}

/// For whom a theme is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Print {
    /// For most.
    #[default]
    Usual,
    /// In extra large type, for whoever sees little.
    Large,
}

/// A theme.
#[derive(Debug, Clone)]
pub struct Theme {
    /// For whom it is printed.
    pub print: Print,
    /// Its name.
    pub name: String,
    /// What it looks like, in a few words.
    pub description: String,
    /// How the parts are drawn.
    pub parts: Parts,
    /// Large, medium, small and the floor below which nothing is set.
    pub ladder: [Rung; 4],
    /// The cover of a book.
    pub cover: Cover,
    /// By the number of the role.
    roles: Vec<RoleStyle>,
    classes: Vec<(f32, Class)>,
}

/// The themes that are part of the program: key and file.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("classic", include_str!("../templates/themes/classic.toml")),
    ("modern", include_str!("../templates/themes/modern.toml")),
    ("mono", include_str!("../templates/themes/mono.toml")),
];

/// What is wrong with a theme file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeError {
    /// In a sentence.
    pub message: String,
    /// Where in the file, when that is known.
    pub place: Option<Range<usize>>,
    /// What to do.
    pub hint: Option<String>,
}

impl Theme {
    /// A built-in theme by its name; `None` when there is none.
    pub fn built_in(name: &str, book: &FontBook) -> Option<Theme> {
        Theme::built_in_for(Print::Usual, name, book)
    }

    /// The same, in a print.
    pub fn built_in_for(print: Print, name: &str, book: &FontBook) -> Option<Theme> {
        let (_, text) = BUILT_IN.iter().find(|(n, _)| n.eq_ignore_ascii_case(name.trim()))?;
        // the files are part of the program; a test reads every one of them
        Some(Theme::parse_for(print, text, book).unwrap_or_else(|e| panic!("theme {name}: {}", e.message)))
    }

    /// Reads a theme file; with `extends`, what it leaves out comes from a built-in theme.
    ///
    /// # Errors
    /// What is wrong, with its place.
    pub fn parse(text: &str, book: &FontBook) -> Result<Theme, ThemeError> {
        Theme::parse_for(Print::Usual, text, book)
    }

    /// The same, in a print.
    ///
    /// # Errors
    /// What is wrong, with its place.
    pub fn parse_for(print: Print, text: &str, book: &FontBook) -> Result<Theme, ThemeError> {
        let file = ThemeFile::read(text, print)?;
        let mut roles = Vec::with_capacity(TextRole::ALL.len());
        for (_, key) in TextRole::ALL {
            let r = file.role.get(*key).ok_or_else(|| error(format!("the role `{key}` is missing"), text, "[role]"))?;
            roles.push(role_style(&file, r, text, book)?);
        }
        let ladder = file.ladder(text)?;
        let theme = Theme {
            print,
            cover: cover(&file, text, book)?,
            parts: file.parts(text)?,
            classes: file.classes(text)?,
            name: file.name,
            description: file.description,
            ladder,
            roles,
        };
        Ok(if print == Print::Large { theme.in_full_ink() } else { theme })
    }

    /// How a kind of text is set.
    pub fn role(&self, role: TextRole) -> RoleStyle {
        self.roles[role as usize]
    }

    /// The measures for cards of a size.
    pub fn class(&self, size: Size) -> &Class {
        let area = size.area_mm2();
        let fitting = self.classes.iter().find(|(up_to, _)| area <= *up_to);
        &fitting.or(self.classes.last()).expect("a theme has a class").1
    }
}

fn role_style(file: &ThemeFile, r: &RoleFile, text: &str, book: &FontBook) -> Result<RoleStyle, ThemeError> {
    let query = FaceQuery { family: &r.font, weight: r.weight, italic: r.italic };
    let face = book.find(&query).ok_or_else(|| no_font(&r.font, text, book))?;
    let figures = match r.figures.as_deref() {
        None => Figures::Default,
        Some("tabular") => Figures::Tabular,
        Some("proportional") => Figures::Proportional,
        Some(other) => return Err(error(format!("`{other}` is no kind of figures"), text, other)),
    };
    Ok(RoleStyle { face, color: file.color(&r.color, text)?, tracking: r.tracking, upper: r.upper, figures })
}

fn no_font(name: &str, text: &str, book: &FontBook) -> ThemeError {
    let mut e = error(format!("there is no font `{name}`"), text, name);
    let known = book.families();
    let all = || {
        let list = known.iter().copied().collect::<Vec<_>>().join(", ");
        format!("known families: {list}; add others with --font")
    };
    let meant = crate::diag::did_you_mean(name, known.iter().copied());
    e.hint = Some(meant.map_or_else(all, |m| format!("did you mean `{m}`?")));
    e
}

fn cover(file: &ThemeFile, text: &str, book: &FontBook) -> Result<Cover, ThemeError> {
    let c = &file.cover;
    let sound = c.title_size >= 30.0
        && (30.0..400.0).contains(&c.title_height)
        && [c.top, c.foot].iter().all(|v| (0.0..200.0).contains(v))
        && [c.subtitle_size, c.author_size].iter().all(|v| (8.0..60.0).contains(v))
        && (0.0..2.0).contains(&c.title_gap);
    if !sound {
        return Err(error("a measure of the cover makes no sense".into(), text, "[cover]"));
    }
    let role = |r| role_style(file, r, text, book);
    Ok(Cover {
        ground: file.color(&c.ground, text)?,
        ornament: c.ornament,
        ornament_color: file.color(&c.ornament_color, text)?,
        top: c.top,
        foot: c.foot,
        title: (role(&c.title)?, c.title_size),
        title_height: c.title_height,
        title_gap: c.title_gap,
        subtitle: (role(&c.subtitle)?, c.subtitle_size),
        author: (role(&c.author)?, c.author_size),
    })
}

/// An error at the first place where `piece` stands in `text`.
fn error(message: String, text: &str, piece: &str) -> ThemeError {
    let place = text.find(piece).map(|i| i..i + piece.len());
    ThemeError { message, place, hint: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_themes_are_complete() {
        let book = FontBook::new();
        for (name, _) in BUILT_IN {
            let theme = Theme::built_in(name, &book).unwrap();
            assert_eq!(theme.name.to_lowercase(), *name);
        }
    }

    /// Text 7 : 1 or better on white, as the print rules ask.
    #[test]
    fn contrast_is_high_enough() {
        let book = FontBook::new();
        for (name, _) in BUILT_IN {
            let theme = Theme::built_in(name, &book).unwrap();
            for (role, key) in TextRole::ALL {
                let c = theme.role(*role).color.contrast(Rgb::WHITE);
                assert!(c >= 7.0, "{name}: {key} has {c:.1}");
            }
        }
        let modern = Theme::built_in("modern", &book).unwrap();
        assert!(modern.role(TextRole::Title).color.contrast(modern.parts.accent) >= 7.0);
    }

    /// No rung below an x-height of 1.50 mm.
    #[test]
    fn the_floor_is_legible() {
        let book = FontBook::new();
        for (name, _) in BUILT_IN {
            let theme = Theme::built_in(name, &book).unwrap();
            for rung in theme.ladder {
                let face = book.face(theme.role(TextRole::Text).face);
                let x = crate::geom::to_mm(rung.from * face.x_height);
                assert!(x >= 1.495, "{name}: {x:.2} mm");
                assert!(rung.pitch >= 1.2, "{name}: leading {}", rung.pitch);
                let list =
                    crate::geom::to_mm(rung.from * rung.list * book.face(theme.role(TextRole::Name).face).x_height);
                assert!(list >= 1.495, "{name}: list {list:.2} mm");
            }
        }
    }

    #[test]
    fn a_theme_of_ones_own_names_only_what_differs() {
        let book = FontBook::new();
        let own =
            Theme::parse("extends = \"classic\"\nname = \"Mine\"\n[colors]\naccent = \"#123456\"\n", &book).unwrap();
        assert_eq!(own.role(TextRole::Cue).color, Rgb([0x12, 0x34, 0x56]));
        let wrong = Theme::parse("extends = \"classic\"\n[colors]\naccent = \"red\"\n", &book).unwrap_err();
        assert!(wrong.message.contains("red") && wrong.place.is_some());
        assert!(Theme::parse("extends = \"clasic\"\n", &book).unwrap_err().hint.unwrap().contains("classic"));
        assert!(
            Theme::parse("extends = \"classic\"\n[parts]\nhed = \"bar\"\n", &book).unwrap_err().message.contains("hed")
        );
    }
}
