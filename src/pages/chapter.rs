//! A recipe's pages: measured first, drawn when it is known where everything stands.

use super::block::Shot;
use super::grid::Look;
use super::leaf::{Binding, Drawer, Furniture};
use super::material::{Beside, Material};
use super::plan::{Choice, Front, Plan, Planner};
use super::refs::Refs;
use super::setting::Setting;
use super::unit::{Key, Tagger};
use crate::compose::canvas::Leading;
use crate::content::Content;
use crate::frame::{Card, Picture, Role, Tags};
use crate::locale::{Label, Lang, Locale};
use crate::rich::Rich;
use crate::source::NodeId;
use crate::text::Shaper;
use crate::theme::TextRole;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The pictures of a recipe, ready to be embedded.
#[derive(Debug, Default)]
pub struct Pictures {
    /// The photo of the dish, and whether it is too coarse for the width of the page.
    pub front: Option<(Arc<Picture>, bool)>,
    /// Photos of steps, by the step's number.
    pub steps: Vec<(usize, Arc<Picture>)>,
}

/// A recipe with what its pages need besides.
pub(super) struct Source<'a> {
    pub(super) content: &'a Content,
    pub(super) pictures: &'a Pictures,
    pub(super) authors: &'a [String],
    pub(super) used_in: &'a [(Rich, String)],
    /// The title of its part, in the book's language.
    pub(super) part: Option<&'a str>,
    /// The level of its title.
    pub(super) level: u8,
}

/// What measuring tells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measured {
    pub(super) pages: usize,
    /// Whether it refers to pages of other recipes.
    pub(super) refers: bool,
    /// What was chosen, and the same in words.
    pub(super) choice: Choice,
    pub(super) chosen: &'static str,
    /// How many steps or paragraphs had to be parted though they should not be.
    pub(super) forced: usize,
}

/// A chapter's pages.
pub(super) struct Drawn {
    pub(super) card: Card,
    pub(super) links: Vec<(usize, Leading)>,
    /// Characters that no font has.
    pub(super) missing: Vec<(NodeId, char)>,
}

impl Source<'_> {
    fn shots(&self) -> (Option<Front>, Vec<(usize, Shot)>) {
        let front = self.pictures.front.as_ref().map(|(p, small)| Front {
            shot: Shot { image: 0, pixels: (p.width, p.height), key: Key::Figure(0) },
            small: *small,
        });
        let from = usize::from(front.is_some());
        let step = |(i, (n, p)): (usize, &(usize, Arc<Picture>))| {
            (*n, Shot { image: from + i, pixels: (p.width, p.height), key: Key::Figure(*n as u32) })
        };
        (front, self.pictures.steps.iter().enumerate().map(step).collect())
    }

    /// The best plan, or the one that was chosen before.
    fn plan(&self, look: Look<'_>, s: &mut Setting<'_, '_>, known: Option<Choice>) -> Plan {
        let (photo, shots) = self.shots();
        let beside = Beside { authors: self.authors, used_in: self.used_in, shots: &shots, level: self.level };
        let material = Material::new(self.content, s, &look, &beside);
        let grid = look.grid(&s.script);
        let planner = Planner { look, grid, script: s.script, m: &material, photo, level: self.level };
        known.map_or_else(|| planner.plan(), |choice| planner.again(choice))
    }

    pub(super) fn measure(&self, look: Look<'_>, refs: &Refs, shaper: &mut Shaper<'_>) -> Measured {
        let mut s = Setting::new(shaper, look.theme, &self.content.lang, refs);
        s.here = Some(&self.content.slug);
        let Plan { flow, choice, chosen } = self.plan(look, &mut s, None);
        Measured { pages: flow.pages.len(), refers: s.refers.get(), choice, chosen, forced: flow.forced }
    }

    pub(super) fn draw(
        &self,
        look: Look<'_>,
        refs: &Refs,
        choice: Choice,
        (binding, first): (Binding, usize),
        book_lang: &Lang,
        shaper: &mut Shaper<'_>,
    ) -> Drawn {
        shaper.missing.clear();
        let c = self.content;
        let mut s = Setting::new(shaper, look.theme, &c.lang, refs);
        s.here = Some(&c.slug);
        let flow = self.plan(look, &mut s, Some(choice)).flow;
        let running = running(&c.running_title, c.locale).iter().map(|t| s.one(t, TextRole::Running)).collect();
        let (grid, rtl) = (look.grid(&s.script), s.script.rtl);
        let mut s = Setting::new(s.shaper, look.theme, book_lang, refs);
        let part = self.part.map(|p| s.plain(p, TextRole::Running));
        let mut tags = Tags::default();
        let mut tagger = Tagger::new(&mut tags, Role::Art);
        let drawer = Drawer { look, grid, binding, rtl, first };
        let furniture = Furniture { part, running, folio: true };
        let leaves = drawer.draw(&flow.pages, &furniture, &mut s, &mut tags, &mut tagger);
        self.describe(&mut tags, &tagger);
        let pictures = self.pictures.front.iter().map(|(p, _)| p).chain(self.pictures.steps.iter().map(|(_, p)| p));
        let images = pictures.cloned().collect();
        let card =
            Card { title: c.title.text.clone(), lang: c.lang.clone(), pages: leaves.pages, tags, images, stamp: None };
        Drawn { card, links: leaves.links, missing: s.shaper.missing.iter().copied().collect() }
    }

    /// Gives pictures their alternative texts.
    fn describe(&self, tags: &mut Tags, tagger: &Tagger) {
        let c = self.content;
        let mut texts: BTreeMap<Key, String> = BTreeMap::new();
        let alt = |p: &crate::recipe::Photo| p.alt.as_ref().map(|t| t.trimmed().to_owned());
        if let Some(photo) = &c.photo {
            texts.insert(Key::Figure(0), alt(photo).unwrap_or_else(|| c.title.text.clone()));
        }
        for step in c.steps.iter().flat_map(|g| &g.items) {
            if let Some(photo) = &step.photo {
                let title = step.title.as_ref().map_or(&c.title.text, |t| &t.text);
                texts.insert(Key::Figure(step.number as u32), alt(photo).unwrap_or_else(|| title.clone()));
            }
        }
        for (key, text) in texts {
            if let Some(tag) = tagger.known(key) {
                tags.get_mut(tag).alt = Some(text);
            }
        }
    }
}

/// Titles up to so many characters stand whole in running heads.
const RUNNING: usize = 45;
/// A title is not cut to fewer characters than this.
const LEAST: usize = 12;

/// A name for running heads: long ones are cut before the first "with" or "&", and then between words.
pub(super) fn running(name: &Rich, locale: &Locale) -> Vec<Rich> {
    let text = &name.text;
    let mut out = Vec::new();
    if text.chars().count() > RUNNING {
        let words = locale.label(Label::TitleCuts).split(',').map(str::trim).filter(|w| !w.is_empty());
        let blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
        let cut = |w: &str| {
            let whole = |i: usize| blank(text[..i].chars().next_back()) && blank(text[i + w.len()..].chars().next());
            let all = text.match_indices(w).map(|(i, _)| i).filter(|i| whole(*i));
            all.map(|i| text[..i].trim_end().len()).filter(|i| text[..*i].chars().count() >= LEAST).min()
        };
        out.extend(words.filter_map(cut).min().map(|i| Rich::plain(&text[..i], name.at)));
    }
    if out.is_empty() {
        out.push(name.clone());
    }
    for characters in [90, 60, 40] {
        let Some((end, _)) = text.char_indices().nth(characters) else { continue };
        let cut = text[..end].rfind([' ', '\u{a0}']).unwrap_or(end);
        let words = text[..cut].trim_end_matches([' ', '\u{a0}', ',', '-', '\u{2013}']);
        out.push(Rich::plain(format!("{words}\u{2026}"), name.at));
    }
    out
}
