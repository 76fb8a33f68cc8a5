//! From words to glyphs, with a memory of words already shaped.

use crate::fonts::{FaceId, FontBook};
use crate::frame::Glyph;
use crate::quantity::vulgar_fraction;
use crate::source::NodeId;
use harfrust::{Buffer, Direction, Feature, Language, ShapeOptions, ShapePlan, ShaperFont, Tag};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::rc::Rc;
use unicode_script::Script;

/// How figures are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Figures {
    /// As the face has them by default: lining.
    #[default]
    Default,
    /// All of one width.
    Tabular,
    /// Each of its own width.
    Proportional,
    /// Before and after a fraction slash.
    Fraction,
}

/// A piece of a word in one face and one script.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) face: FaceId,
    pub(super) figures: Figures,
    pub(super) script: Script,
    pub(super) rtl: bool,
    pub(super) lang: u16,
}

/// A shaped piece: glyphs from left to right, their text relative to the piece; lengths in ems.
#[derive(Debug)]
pub(super) struct Shaped {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) width: f32,
}

/// Words that were shaped.
type Memory = FxHashMap<Box<str>, Rc<Shaped>>;

/// Shapes text with the faces of a book. One for each worker; it remembers words.
pub struct Shaper<'b> {
    pub(super) book: &'b FontBook,
    fonts: Vec<Option<Box<ShaperFont<'b, 'static>>>>,
    plans: FxHashMap<Key, Rc<ShapePlan>>,
    /// Words already shaped, by the number of their key.
    words: Vec<(Key, Memory)>,
    keys: FxHashMap<Key, usize>,
    /// The number of the last key: words of one kind stand together.
    last: usize,
    remembered: usize,
    buffer: Buffer,
    languages: Vec<(String, Option<Language>)>,
    /// Characters that no face has, with the value they stand in.
    pub missing: BTreeSet<(NodeId, char)>,
}

/// The memory of words is emptied when it holds this many: enough for a cookbook's vocabulary, and bounded.
const REMEMBERED: usize = 60_000;

impl<'b> Shaper<'b> {
    /// A shaper for the faces of `book`.
    pub fn new(book: &'b FontBook) -> Self {
        Shaper {
            book,
            fonts: Vec::new(),
            plans: FxHashMap::default(),
            words: Vec::new(),
            keys: FxHashMap::default(),
            last: 0,
            remembered: 0,
            buffer: Buffer::new(),
            languages: Vec::new(),
            missing: BTreeSet::new(),
        }
    }

    /// The book of fonts.
    pub fn book(&self) -> &'b FontBook {
        self.book
    }

    /// A number for a language, to go into keys.
    pub(super) fn language(&mut self, tag: &str) -> u16 {
        if let Some(i) = self.languages.iter().position(|(t, _)| t == tag) {
            return i as u16;
        }
        self.languages.push((tag.to_owned(), Language::new(tag)));
        (self.languages.len() - 1) as u16
    }

    pub(super) fn shape(&mut self, key: &Key, text: &str) -> Rc<Shaped> {
        let number = self.key_number(key);
        if let Some(shaped) = self.words[number].1.get(text) {
            return shaped.clone();
        }
        let shaped = Rc::new(self.shape_anew(key, text));
        if self.remembered >= REMEMBERED {
            self.words.iter_mut().for_each(|(_, words)| words.clear());
            self.remembered = 0;
        }
        self.remembered += 1;
        self.words[number].1.insert(text.into(), shaped.clone());
        shaped
    }

    fn key_number(&mut self, key: &Key) -> usize {
        if self.words.get(self.last).is_none_or(|(last, _)| last != key) {
            let words = &mut self.words;
            self.last = *self.keys.entry(key.clone()).or_insert_with(|| {
                words.push((key.clone(), Memory::default()));
                words.len() - 1
            });
        }
        self.last
    }

    fn shape_anew(&mut self, key: &Key, text: &str) -> Shaped {
        let book = self.book;
        let face = book.face(key.face);
        let plan = self.plan(key);
        let index = usize::from(key.face.0);
        if self.fonts.len() <= index {
            self.fonts.resize_with(index + 1, || None);
        }
        let font = self.fonts[index].get_or_insert_with(|| Box::new(ShaperFont::new(&face.font)));
        let buffer = &mut self.buffer;
        buffer.clear();
        buffer.push_str(text);
        buffer.set_direction(plan.direction());
        buffer.set_script(plan.script());
        buffer.set_language(plan.language().cloned());
        let em = f32::from(face.upem);
        let features = features(key.figures);
        if harfrust::shape(font, buffer, ShapeOptions::new().plan(Some(&plan)).features(&features)).is_err() {
            return Shaped { glyphs: Vec::new(), width: 0.0 };
        }
        let mut glyphs: Vec<Glyph> = buffer
            .glyph_infos()
            .iter()
            .zip(buffer.glyph_positions())
            .map(|(info, pos)| Glyph {
                id: info.glyph_id as u16,
                advance: pos.x_advance as f32 / em,
                dx: pos.x_offset as f32 / em,
                dy: pos.y_offset as f32 / em,
                text: (info.cluster, info.cluster),
            })
            .collect();
        assign_text(&mut glyphs, text, key.rtl);
        widen_gaps(&mut glyphs, text);
        let width = glyphs.iter().map(|g| g.advance).sum();
        Shaped { glyphs, width }
    }

    fn plan(&mut self, key: &Key) -> Rc<ShapePlan> {
        if let Some(plan) = self.plans.get(key) {
            return plan.clone();
        }
        let direction = if key.rtl { Direction::RightToLeft } else { Direction::LeftToRight };
        let script = key.script.short_name().parse().ok();
        let language = self.languages.get(usize::from(key.lang)).and_then(|(_, l)| l.as_ref());
        let font = &self.book.face(key.face).font;
        let plan = Rc::new(ShapePlan::new(font, direction, script, language, &features(key.figures)));
        self.plans.insert(key.clone(), plan.clone());
        plan
    }
}

fn features(figures: Figures) -> Vec<Feature> {
    let on = |tag: &[u8; 4]| vec![Feature::new(Tag::new(tag), 1, ..)];
    match figures {
        Figures::Default => on(b"lnum"),
        Figures::Tabular => on(b"tnum"),
        Figures::Proportional => on(b"pnum"),
        Figures::Fraction => on(b"frac"),
    }
}

/// Gives every cluster's text to its first glyph in reading order, and none to the others.
fn assign_text(glyphs: &mut [Glyph], text: &str, rtl: bool) {
    let mut starts: Vec<u32> = glyphs.iter().map(|g| g.text.0).collect();
    starts.sort_unstable();
    starts.dedup();
    let end_of = |start: u32| starts.iter().copied().find(|s| *s > start).unwrap_or(text.len() as u32);
    let mut seen = None;
    let mut give = |g: &mut Glyph| {
        let start = g.text.0;
        g.text = if seen == Some(start) { (start, start) } else { (start, end_of(start)) };
        seen = Some(start);
    };
    if rtl {
        glyphs.iter_mut().rev().for_each(&mut give);
    } else {
        glyphs.iter_mut().for_each(&mut give);
    }
}

/// Between a number and its unit U+202F is a little too narrow in most faces: 0.08 em more, except before degrees and per cent.
/// A whole number stands a hair's breadth, 0.06 em, before its fraction.
fn widen_gaps(glyphs: &mut [Glyph], text: &str) {
    if text.is_ascii() {
        return;
    }
    for g in glyphs {
        let (start, end) = (g.text.0 as usize, g.text.1 as usize);
        if text.get(start..end) == Some("\u{202f}") && text[end..].starts_with(char::is_alphabetic) {
            g.advance += 0.08;
        }
        let digit = text.get(start..end).is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit()));
        if digit && text[end..].chars().next().is_some_and(|c| vulgar_fraction(c).is_some()) {
            g.advance += 0.06;
        }
    }
}
