//! The form of a theme file.

use super::{BUILT_IN, Class, Parts, Print, Rung, ThemeError, error};
use crate::diag::did_you_mean;
use crate::frame::Rgb;
use crate::geom::{Orientation, mm};
use serde::Deserialize;
use std::collections::BTreeMap;

macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident),* $(,)? })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
            #[serde(rename_all = "kebab-case")]
            #[allow(missing_docs, reason = "explained in templates/themes/classic.toml")]
            pub enum $name { $($variant),* }
        )*
    };
}

choices! {
    /// How the head of the front is drawn.
    HeadStyle { Ruled, Bar, Framed }
    /// How yield and times are drawn.
    Facts { Cells, Bar, Row }
    /// The tracks of a list.
    ListStyle { Pair, Triple }
    /// What stands before an ingredient.
    Marker { None, Tick }
    /// How steps are numbered.
    NumeralStyle { Drop, Badge, Ring }
    /// Where a step's heading stands.
    StepTitle { RunIn, Line }
    /// How a step's leading figure is set off.
    CueStyle { Accent, Rail, Box }
    /// How tips stand.
    Asides { Columns, List }
    /// How pairings are set.
    PairingStyle { Sentence, Lines }
    /// What one writes notes on.
    NotesStyle { Dots, Lines }
    /// What is tried first when one side is not enough.
    Split { Flow, PrepCook, OneSide, Apart }
    /// Where a photo goes.
    PhotoStyle { Margins, Bar, None }
    /// What decorates the cover of a book.
    Ornament { Pods, Plate, Rules }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RoleFile {
    pub(super) font: String,
    #[serde(default = "regular")]
    pub(super) weight: u16,
    #[serde(default)]
    pub(super) italic: bool,
    pub(super) color: String,
    #[serde(default)]
    pub(super) tracking: f32,
    #[serde(default)]
    pub(super) upper: bool,
    pub(super) figures: Option<String>,
}

fn regular() -> u16 {
    400
}

fn yes() -> bool {
    true
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PartsFile {
    head: HeadStyle,
    kicker_separator: String,
    facts: Facts,
    list: ListStyle,
    list_marker: Marker,
    write_in: bool,
    note_joint: String,
    numeral: NumeralStyle,
    step_title: StepTitle,
    cue: CueStyle,
    dense_rail: bool,
    asides: Asides,
    pairings: PairingStyle,
    notes: NotesStyle,
    split: Split,
    photo: PhotoStyle,
    labels: bool,
    #[serde(default = "yes")]
    fills: bool,
    #[serde(default)]
    least_rule: f32,
    icon_color: String,
    rule_color: String,
    soft_color: String,
    hair_color: String,
    accent_color: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RungFile {
    from: f32,
    to: f32,
    pitch: f32,
    list: f32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LadderFile {
    large: RungFile,
    medium: RungFile,
    small: RungFile,
    floor: RungFile,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassFile {
    name: String,
    up_to: f32,
    orientation: String,
    margin: f32,
    top: f32,
    bottom: f32,
    space: f32,
    kicker: f32,
    title: f32,
    title_min: f32,
    fact_label: f32,
    fact: f32,
    label: f32,
    foot: f32,
    pairing: f32,
    column_gap: f32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CoverFile {
    pub(super) ground: String,
    pub(super) ornament: Ornament,
    pub(super) ornament_color: String,
    pub(super) top: f32,
    pub(super) foot: f32,
    pub(super) title: RoleFile,
    pub(super) title_size: f32,
    pub(super) title_height: f32,
    pub(super) title_gap: f32,
    pub(super) subtitle: RoleFile,
    pub(super) subtitle_size: f32,
    pub(super) author: RoleFile,
    pub(super) author_size: f32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ThemeFile {
    pub(super) name: String,
    #[serde(default)]
    pub(super) description: String,
    colors: BTreeMap<String, String>,
    pub(super) role: BTreeMap<String, RoleFile>,
    parts: PartsFile,
    ladder: LadderFile,
    class: Vec<ClassFile>,
    pub(super) cover: CoverFile,
    #[serde(default)]
    #[allow(dead_code, reason = "taken out before the merged table is read; kept so that it is a known field")]
    extends: Option<String>,
    #[serde(default)]
    #[allow(dead_code, reason = "merged over the other tables for large print; kept so that it is a known field")]
    large_print: Option<toml::Table>,
}

/// What is laid over every theme for large print.
const LARGE_PRINT: &str = include_str!("../../templates/themes/large-print.toml");

impl ThemeFile {
    pub(super) fn read(text: &str, print: Print) -> Result<ThemeFile, ThemeError> {
        let own: toml::Table = toml::from_str(text).map_err(|e| toml_error(&e))?;
        // the merged table has no places; the message names the field
        let located = |e: toml::de::Error| {
            let message = e.message().to_owned();
            let piece = message.split('`').nth(1).unwrap_or("").to_owned();
            error(message, text, &piece)
        };
        let Some(base) = own.get("extends") else {
            let file: ThemeFile = toml::from_str(text).map_err(|e| toml_error(&e))?;
            return match print {
                Print::Usual => Ok(file),
                Print::Large => enlarged(own)?.try_into().map_err(located),
            };
        };
        let name = base.as_str().unwrap_or_default();
        let Some((_, base)) = BUILT_IN.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)) else {
            let mut e = error(format!("there is no theme `{name}` to extend"), text, name);
            let names: Vec<&str> = BUILT_IN.iter().map(|(n, _)| *n).collect();
            e.hint = Some(
                did_you_mean(name, names.iter().copied())
                    .map_or_else(|| format!("themes: {}", names.join(", ")), |m| format!("did you mean `{m}`?")),
            );
            return Err(e);
        };
        let mut merged: toml::Table = toml::from_str(base).map_err(|e| toml_error(&e))?;
        merge(&mut merged, own);
        if print == Print::Large {
            merged = enlarged(merged)?;
        }
        merged.try_into().map_err(located)
    }

    pub(super) fn color(&self, name: &str, text: &str) -> Result<Rgb, ThemeError> {
        let value = self.colors.get(name).map_or(name, String::as_str);
        let hex = value.strip_prefix('#').filter(|h| h.len() == 6 && h.is_ascii());
        let parsed = hex.and_then(|h| u32::from_str_radix(h, 16).ok());
        parsed.map(|v| Rgb([(v >> 16) as u8, (v >> 8) as u8, v as u8])).ok_or_else(|| {
            let mut e = error(format!("`{value}` is not a colour"), text, value);
            e.hint = Some("write it as #rrggbb, or name one of [colors]".into());
            e
        })
    }

    pub(super) fn ladder(&self, text: &str) -> Result<[Rung; 4], ThemeError> {
        let rung = |r: &RungFile, name: &str| {
            let sound = r.from > 4.0
                && r.to >= r.from
                && r.to < 60.0
                && (1.0..3.0).contains(&r.pitch)
                && (0.4..2.0).contains(&r.list);
            if sound {
                Ok(Rung { from: r.from, to: r.to, pitch: r.pitch, list: r.list })
            } else {
                Err(error(format!("the rung `{name}` of the ladder makes no sense"), text, name))
            }
        };
        let l = &self.ladder;
        Ok([rung(&l.large, "large")?, rung(&l.medium, "medium")?, rung(&l.small, "small")?, rung(&l.floor, "floor")?])
    }

    pub(super) fn parts(&self, text: &str) -> Result<Parts, ThemeError> {
        let p = &self.parts;
        Ok(Parts {
            head: p.head,
            kicker_separator: p.kicker_separator.clone(),
            facts: p.facts,
            list: p.list,
            list_marker: p.list_marker,
            write_in: p.write_in,
            note_joint: p.note_joint.clone(),
            numeral: p.numeral,
            step_title: p.step_title,
            cue: p.cue,
            dense_rail: p.dense_rail,
            asides: p.asides,
            pairings: p.pairings,
            notes: p.notes,
            split: p.split,
            photo: p.photo,
            labels: p.labels,
            fills: p.fills,
            least_rule: p.least_rule,
            icon: self.color(&p.icon_color, text)?,
            rule: self.color(&p.rule_color, text)?,
            soft: self.color(&p.soft_color, text)?,
            hair: self.color(&p.hair_color, text)?,
            accent: self.color(&p.accent_color, text)?,
        })
    }

    pub(super) fn classes(&self, text: &str) -> Result<Vec<(f32, Class)>, ThemeError> {
        if self.class.is_empty() {
            return Err(error("a theme needs at least one [[class]]".into(), text, "[ladder]"));
        }
        self.class
            .iter()
            .map(|c| {
                let orientation = match c.orientation.as_str() {
                    "portrait" => Orientation::Portrait,
                    "landscape" => Orientation::Landscape,
                    other => {
                        return Err(error(
                            format!("`{other}` is no orientation: write portrait or landscape"),
                            text,
                            other,
                        ));
                    }
                };
                let sound = c.margin >= 5.0
                    && c.top >= 5.0
                    && c.bottom >= 5.0
                    && c.title_min > 4.0
                    && c.title >= c.title_min
                    && c.space > 0.1;
                if !sound {
                    let mut e =
                        error(format!("the class `{}` has a measure that makes no sense", c.name), text, &c.name);
                    e.hint = Some("margins are 5 mm at least, for cutters drift".into());
                    return Err(e);
                }
                let class = Class {
                    name: c.name.clone(),
                    orientation,
                    margin: mm(c.margin),
                    top: mm(c.top),
                    bottom: mm(c.bottom),
                    space: c.space,
                    kicker: c.kicker,
                    title: c.title,
                    title_min: c.title_min,
                    fact_label: c.fact_label,
                    fact: c.fact,
                    label: c.label,
                    foot: c.foot,
                    pairing: c.pairing,
                    column_gap: mm(c.column_gap),
                };
                Ok((c.up_to, class))
            })
            .collect()
    }
}

/// A theme's table with what large print lays over it: first what holds for all themes, then the theme's own.
fn enlarged(mut theme: toml::Table) -> Result<toml::Table, ThemeError> {
    let over: toml::Table = toml::from_str(LARGE_PRINT).map_err(|e| toml_error(&e))?;
    let own = match theme.remove("large_print") {
        Some(toml::Value::Table(own)) => own,
        _ => toml::Table::new(),
    };
    // classes of the theme's own making were measured for other sizes
    theme.remove("class");
    merge(&mut theme, over);
    merge(&mut theme, own);
    Ok(theme)
}

fn toml_error(e: &toml::de::Error) -> ThemeError {
    ThemeError { message: e.message().trim().to_owned(), place: e.span(), hint: None }
}

/// Puts the entries of `own` over those of `base`, table by table; lists of classes are merged by name.
fn merge(base: &mut toml::Table, own: toml::Table) {
    for (key, value) in own {
        match (base.get_mut(&key), value) {
            (Some(toml::Value::Table(b)), toml::Value::Table(o)) => merge(b, o),
            (Some(toml::Value::Array(b)), toml::Value::Array(o)) if key == "class" => {
                for class in o {
                    let name = class.get("name").cloned();
                    match (b.iter_mut().find(|c| c.get("name") == name.as_ref()), class) {
                        (Some(toml::Value::Table(there)), toml::Value::Table(class)) => merge(there, class),
                        (_, class) => b.push(class),
                    }
                }
            }
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}
