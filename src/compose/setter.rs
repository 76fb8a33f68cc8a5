//! From attributed text to shaped paragraphs, by the roles of a theme.

use crate::content::Content;
use crate::locale::{Direction, Lang, Locale};
use crate::rich::{Mark, Rich};
use crate::source::NodeId;
use crate::text::{Figures, Inline, Para, ParaStyle, Shaper, Style};
use crate::theme::{CueStyle, TextRole, Theme};
use crate::typo::isolate_figures;

/// How a script wants to be set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Script {
    /// Right to left.
    pub(crate) rtl: bool,
    /// No capitals, no tracking, no italic.
    pub(crate) unicase: bool,
    /// Chinese or Japanese: justified, without spaces.
    pub(crate) cjk: bool,
    /// Factor for the distance of baselines.
    pub(crate) pitch: f32,
    /// Added to the distance of the title's baselines, in ems: accents on capitals need room.
    pub(crate) title_pitch: f32,
}

impl Script {
    /// The habits of a language's script (rules 9 to 12 of the print specification).
    pub(crate) fn of(lang: &Lang) -> Self {
        let rtl = lang.direction() == Direction::Rtl;
        let (pitch, title_pitch) = match lang.primary() {
            "vi" => (1.03, 0.13),
            "ja" | "zh" | "yue" | "ko" => (1.22, 0.25),
            "th" | "lo" | "km" | "my" | "hi" | "mr" | "ne" | "bn" | "ta" | "te" | "kn" | "ml" | "gu" | "pa" | "si" => {
                (1.16, 0.30)
            }
            _ if rtl => (1.10, 0.20),
            _ => (1.0, 0.0),
        };
        Script { rtl, unicase: lang.is_unicase(), cjk: lang.is_cjk(), pitch, title_pitch }
    }
}

/// Makes paragraphs for one recipe.
pub(crate) struct Setter<'a, 'b> {
    pub(crate) shaper: &'a mut Shaper<'b>,
    pub(crate) theme: &'a Theme,
    pub(crate) lang: &'a Lang,
    pub(crate) locale: &'static Locale,
    pub(crate) script: Script,
}

impl<'a, 'b> Setter<'a, 'b> {
    pub(crate) fn new(shaper: &'a mut Shaper<'b>, theme: &'a Theme, content: &'a Content) -> Self {
        Setter { shaper, theme, lang: &content.lang, locale: content.locale, script: Script::of(&content.lang) }
    }

    fn style(&self, role: TextRole) -> Style {
        let r = self.theme.role(role);
        let mut style = Style::new(r.face, r.color);
        style.figures = r.figures;
        style.tracking = if self.script.unicase { 0.0 } else { r.tracking };
        // without capitals a label needs a little more size
        style.scale = if self.script.unicase && r.upper { 1.12 } else { 1.0 };
        style
    }

    /// A paragraph of a plain text.
    pub(crate) fn plain(&mut self, text: &str, role: TextRole) -> Para {
        self.para(&[(&Rich::plain(text, NodeId(0)), role)])
    }

    /// A figure that stands in a column of figures.
    pub(crate) fn figure(&mut self, text: &str, role: TextRole, at: NodeId) -> Para {
        let mut inlines = Vec::new();
        self.inlines(&Rich::plain(text, at), role, &mut inlines);
        inlines.iter_mut().for_each(|i| i.style.figures = Figures::Tabular);
        self.shaped(inlines)
    }

    /// A paragraph of several texts, each in its role.
    pub(crate) fn para(&mut self, parts: &[(&Rich, TextRole)]) -> Para {
        let mut inlines = Vec::new();
        for (rich, role) in parts {
            self.inlines(rich, *role, &mut inlines);
        }
        self.shaped(inlines)
    }

    fn shaped(&mut self, mut inlines: Vec<Inline>) -> Para {
        // programs that read the tags join what follows without a gap: "40 g" and "ginger" would be one word
        if let Some(last) = inlines.last_mut().filter(|l| !self.script.rtl && !l.text.ends_with(' ')) {
            last.text.push(' ');
        }
        let style = ParaStyle { lang: self.lang, locale: self.locale, rtl: self.script.rtl };
        self.shaper.para(inlines, &style)
    }

    fn inlines(&self, rich: &Rich, role: TextRole, out: &mut Vec<Inline>) {
        if self.theme.role(role).upper && !self.script.unicase {
            let text = self.locale.upper(&rich.text);
            out.push(Inline { text, style: self.style(role), lang: None, link: None, at: rich.at });
            return;
        }
        for (range, marks) in rich.pieces() {
            let mut style = self.style(role_of(role, &marks));
            let cue = marks.iter().any(|m| **m == Mark::Cue);
            style.boxed = cue && self.theme.parts.cue == CueStyle::Box && is_body(role);
            style.keep = marks.iter().any(|m| matches!(m, Mark::Cue | Mark::Key | Mark::Amount));
            let lang = marks.iter().find_map(|m| if let Mark::Lang(l) = m { Some(l.clone()) } else { None });
            out.push(Inline {
                text: if self.script.rtl { isolate_figures(&rich.text[range]) } else { rich.text[range].to_owned() },
                style,
                lang,
                link: None,
                at: rich.at,
            });
        }
    }
}

/// The role that marks give a piece of text.
pub(crate) fn role_of(base: TextRole, marks: &[&Mark]) -> TextRole {
    let mut role = base;
    for mark in marks {
        role = match (mark, base) {
            (Mark::Cue, TextRole::Text) => TextRole::Cue,
            (Mark::Key, TextRole::Text) if role != TextRole::Cue => TextRole::Key,
            (Mark::Strong, TextRole::Text | TextRole::Name | TextRole::BareName) if role == base => TextRole::Strong,
            (Mark::Emph, TextRole::Text) if role == base => TextRole::Emph,
            (Mark::Note, _) => TextRole::Note,
            (Mark::Amount, _) => TextRole::Amount,
            _ => role,
        };
    }
    role
}

fn is_body(role: TextRole) -> bool {
    role == TextRole::Text
}
