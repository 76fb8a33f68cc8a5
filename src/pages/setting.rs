//! From attributed text to shaped paragraphs, with the pages that it refers to.

use super::refs::Refs;
use crate::compose::setter::{Script, role_of};
use crate::frame::Rgb;
use crate::locale::{Direction, Lang, Locale};
use crate::rich::{Mark, Rich, Target};
use crate::source::NodeId;
use crate::text::{Inline, Para, ParaStyle, Shaper, Style};
use crate::theme::{TextRole, Theme};
use crate::typo::isolate_figures;
use std::cell::Cell;
use std::rc::Rc;

/// A role of the theme, in its own colour or another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ink {
    pub(super) role: TextRole,
    color: Option<Rgb>,
}

impl From<TextRole> for Ink {
    fn from(role: TextRole) -> Self {
        Ink { role, color: None }
    }
}

/// A plain text in a role; of another language than the chapter's, or not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'p> {
    text: &'p str,
    ink: Ink,
    lang: Option<&'p Lang>,
}

impl<'p> Piece<'p> {
    pub(super) fn new(text: &'p str, ink: impl Into<Ink>) -> Self {
        Piece { text, ink: ink.into(), lang: None }
    }

    pub(super) fn of(self, lang: Option<&'p Lang>) -> Self {
        Piece { lang, ..self }
    }
}

/// Makes paragraphs for the pages of one chapter.
pub(super) struct Setting<'a, 'b> {
    pub(super) shaper: &'a mut Shaper<'b>,
    pub(super) theme: &'a Theme,
    pub(super) lang: &'a Lang,
    pub(super) locale: &'static Locale,
    pub(super) script: Script,
    pub(super) refs: &'a Refs,
    /// The recipe whose pages they are.
    pub(super) here: Option<&'a str>,
    /// Whether a page was referred to.
    pub(super) refers: Cell<bool>,
}

impl<'a, 'b> Setting<'a, 'b> {
    pub(super) fn new(shaper: &'a mut Shaper<'b>, theme: &'a Theme, lang: &'a Lang, refs: &'a Refs) -> Self {
        let locale = crate::locale::locale(lang);
        Setting { shaper, theme, lang, locale, script: Script::of(lang), refs, here: None, refers: Cell::new(false) }
    }

    /// A role in the colour of text.
    pub(super) fn black(&self, role: TextRole) -> Ink {
        Ink { role, color: Some(self.theme.role(TextRole::Text).color) }
    }

    /// A role in the theme's accent.
    pub(super) fn accent(&self, role: TextRole) -> Ink {
        Ink { role, color: Some(self.theme.role(TextRole::Cue).color) }
    }

    /// A role in the colour of notes.
    pub(super) fn soft(&self, role: TextRole) -> Ink {
        Ink { role, color: Some(self.theme.parts.soft) }
    }

    fn style(&self, ink: Ink) -> Style {
        let r = self.theme.role(ink.role);
        let mut style = Style::new(r.face, ink.color.unwrap_or(r.color));
        style.figures = r.figures;
        style.tracking = if self.script.unicase { 0.0 } else { r.tracking };
        style.scale = if self.script.unicase && r.upper { 1.12 } else { 1.0 };
        style
    }

    /// A paragraph of a plain text.
    pub(super) fn plain(&mut self, text: &str, ink: impl Into<Ink>) -> Rc<Para> {
        self.para(&[(&Rich::plain(text, NodeId(0)), ink.into())])
    }

    /// A paragraph of one text.
    pub(super) fn one(&mut self, rich: &Rich, ink: impl Into<Ink>) -> Rc<Para> {
        self.para(&[(rich, ink.into())])
    }

    /// A paragraph of several texts, each in its role.
    pub(super) fn para(&mut self, parts: &[(&Rich, Ink)]) -> Rc<Para> {
        self.para_in(parts, None)
    }

    /// The same, in another language than that of the chapter.
    pub(super) fn para_in(&mut self, parts: &[(&Rich, Ink)], lang: Option<&Lang>) -> Rc<Para> {
        let mut inlines = Vec::new();
        for (rich, ink) in parts {
            self.inlines(rich, *ink, &mut inlines);
        }
        // programs that read the tags join what follows without a gap
        if let Some(last) = inlines.last_mut().filter(|l| !self.script.rtl && !l.text.ends_with(' ')) {
            last.text.push(' ');
        }
        if let Some(lang) = lang.filter(|l| *l != self.lang) {
            inlines.iter_mut().for_each(|i| i.lang = Some(lang.clone()));
        }
        let style = ParaStyle { lang: self.lang, locale: self.locale, rtl: self.script.rtl };
        Rc::new(self.shaper.para(inlines, &style))
    }

    /// A plain text that leads to a place of the book.
    pub(super) fn leading(&mut self, text: &str, ink: impl Into<Ink>, to: &str) -> Rc<Para> {
        self.pieces(&[Piece::new(text, ink)], Some(to))
    }

    /// Plain texts side by side, leading to a place of the book or nowhere.
    pub(super) fn pieces(&mut self, pieces: &[Piece<'_>], to: Option<&str>) -> Rc<Para> {
        let inlines = pieces.iter().map(|p| self.piece(p, to)).collect();
        let style = ParaStyle { lang: self.lang, locale: self.locale, rtl: self.script.rtl };
        Rc::new(self.shaper.para(inlines, &style))
    }

    fn piece(&self, piece: &Piece<'_>, to: Option<&str>) -> Inline {
        let lang = piece.lang.filter(|l| *l != self.lang);
        let turned = lang.is_some_and(|l| (l.direction() == Direction::Rtl) != self.script.rtl);
        let upper = self.theme.role(piece.ink.role).upper && !self.script.unicase;
        let locale = lang.map_or(self.locale, crate::locale::locale);
        let text = if upper { locale.upper(piece.text) } else { piece.text.to_owned() };
        let text = if turned {
            // what follows must not become part of it
            format!("\u{2068}{text}\u{2069}")
        } else if self.script.rtl {
            isolate_figures(&text)
        } else {
            text
        };
        let link = to.map(|to| Target::Recipe(to.to_owned()));
        Inline { text, style: self.style(piece.ink), lang: lang.cloned(), link, at: NodeId(0) }
    }

    fn inlines(&self, rich: &Rich, ink: Ink, out: &mut Vec<Inline>) {
        if self.theme.role(ink.role).upper && !self.script.unicase {
            let text = self.locale.upper(&rich.text);
            out.push(Inline { text, style: self.style(ink), lang: None, link: None, at: rich.at });
            return;
        }
        for (range, marks) in rich.pieces() {
            let role = role_of(ink.role, &marks);
            let mut style = self.style(if role == ink.role { ink } else { role.into() });
            style.keep = marks.iter().any(|m| matches!(m, Mark::Cue | Mark::Key | Mark::Amount));
            let lang = marks.iter().find_map(|m| if let Mark::Lang(l) = m { Some(l.clone()) } else { None });
            let link = marks.iter().find_map(|m| if let Mark::Link(t) = m { self.target(t) } else { None });
            let text = &rich.text[range.clone()];
            let text = if self.script.rtl { isolate_figures(text) } else { text.to_owned() };
            out.push(Inline { text, style, lang, link, at: rich.at });
            let ends = rich.marks.iter().filter(|(r, _)| r.end == range.end);
            for slug in ends.filter_map(|(_, m)| if let Mark::Link(Target::Recipe(s)) = m { Some(s) } else { None }) {
                let after = rich.text[range.end..].chars().next();
                self.page(slug, ink, rich.at, after, out);
            }
        }
    }

    /// Where a link leads on these pages.
    fn target(&self, target: &Target) -> Option<Target> {
        match target {
            Target::Recipe(slug) => {
                let slug = crate::cookbook::slug(slug);
                (self.refs.has(&slug) && self.here != Some(slug.as_str())).then_some(Target::Recipe(slug))
            }
            Target::Url(url) => Some(Target::Url(url.clone())),
        }
    }

    /// The page of a recipe after its name: in brackets where the sentence goes on.
    fn page(&self, slug: &str, ink: Ink, at: NodeId, after: Option<char>, out: &mut Vec<Inline>) {
        let slug = crate::cookbook::slug(slug);
        let Some(words) = self.refs.words(&slug, self.here, self.locale) else { return };
        self.refers.set(true);
        let goes_on = after.is_some_and(|c| !matches!(c, ')' | ']' | ',' | '.' | ';' | ':' | '!' | '?' | '…'));
        let (open, close) = match (self.script.cjk, goes_on) {
            (true, _) => ("（", "）"),
            (false, true) => (" (", ")"),
            (false, false) => (self.locale.comma(), ""),
        };
        let plain = |text: &str| Inline { text: text.to_owned(), style: self.style(ink), lang: None, link: None, at };
        out.push(plain(open));
        let mut style = self.style(self.accent(ink.role));
        style.keep = true;
        let text = if self.script.rtl { isolate_figures(&words) } else { words };
        out.push(Inline { text, style, lang: None, link: Some(Target::Recipe(slug)), at });
        if !close.is_empty() {
            out.push(plain(close));
        }
    }
}

/// A text of several.
pub(super) fn joined(parts: &[&Rich], between: &str) -> Rich {
    let mut all = Rich::plain("", parts.first().map_or(NodeId(0), |p| p.at));
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            all.push(between, None);
        }
        all.append(part);
    }
    all
}
