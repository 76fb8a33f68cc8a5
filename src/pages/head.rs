//! What a page opens with: kicker, title, names, the double rule; facts and standfirst.

use super::grid::{Grid, Look};
use super::unit::{Extra, Key, Text, Unit};
use crate::compose::setter::Script;
use crate::geom::mm;
use crate::text::{Fill, Para};
use std::rc::Rc;

/// Points below a standfirst that are too little to set it off.
const LEAST_SPARE: f32 = 2.0;

/// A title with what belongs to it.
pub(super) struct Head<'a> {
    pub(super) look: Look<'a>,
    pub(super) grid: Grid,
    pub(super) script: Script,
}

impl Head<'_> {
    /// The kicker: a line.
    pub(super) fn kicker(&self, para: &Rc<Para>, key: Key) -> Unit {
        let set = (self.look.m.sizes.kicker, self.grid.pitch());
        let text = Text::new(para, set, self.look.format.text(), Some(key)).at(0.0, self.grid.base);
        Unit { halves: 2 * text.count(), texts: vec![text], keep: true, ..Unit::default() }
    }

    /// The title, balanced, on three lines at most where its words allow that; `characters` is its length.
    pub(super) fn title(&self, para: &Rc<Para>, characters: usize, key: Key) -> Unit {
        let sizes = &self.look.m.sizes;
        let width = self.look.format.text();
        let mut size = if characters > sizes.long { sizes.long_title } else { sizes.title };
        let lines = |size: f32| para.line_count(width / size, width / size);
        while (lines(size) > 3 || para.widest() * size > width) && size > sizes.least_title {
            size -= 0.5;
        }
        // accents on capitals need half a line more
        let tall = self.script.title_pitch > 0.0 && lines(size) > 1;
        let pitch = self.grid.pitch() * if tall { 2.5 } else { 2.0 };
        let text = Text::filled(para, (size, pitch), width, (0.0, 0.0), Fill::Balanced, Some(key));
        let text = text.at(0.0, self.grid.base + self.grid.pitch());
        let halves = if tall { 5 * text.count() - 1 + 2 } else { 4 * text.count() + 2 };
        Unit { halves: halves.div_ceil(2) * 2, texts: vec![text], keep: true, ..Unit::default() }
    }

    /// A line under the title.
    pub(super) fn name(&self, para: &Rc<Para>, key: Key) -> Unit {
        let set = (self.look.m.sizes.native, self.grid.pitch());
        let text = Text::new(para, set, self.look.format.text(), Some(key)).at(0.0, self.grid.base);
        Unit { halves: 2 * text.count(), texts: vec![text], keep: true, ..Unit::default() }
    }

    /// The double rule.
    pub(super) fn rules(&self) -> Unit {
        let (width, ink) = (self.look.format.text(), self.look.ink());
        let extras =
            vec![Extra::Rule((0.0, 6.0), (width, 6.0), 1.2, ink), Extra::Rule((0.0, 8.5), (width, 8.5), 0.35, ink)];
        Unit { halves: 3, extras, keep: true, ..Unit::default() }
    }

    /// Facts as a line across the page, with a rule below; in two rows where one is not wide enough.
    pub(super) fn facts_line(&self, facts: &[(Rc<Para>, Rc<Para>)], list: u32) -> Vec<Unit> {
        let width = self.look.format.text();
        let wide = |f: &(Rc<Para>, Rc<Para>)| self.fact_width(f);
        let mut rows: Vec<&[(Rc<Para>, Rc<Para>)]> = Vec::new();
        let mut rest = facts;
        while !rest.is_empty() {
            let mut taken = 0.0;
            let count = rest
                .iter()
                .take_while(|f| {
                    taken += wide(f) + mm(5.0);
                    taken - mm(5.0) <= width
                })
                .count()
                .max(1);
            // two rows of much the same length
            let rows_left = rest.len().div_ceil(count);
            let (row, others) = rest.split_at(rest.len().div_ceil(rows_left));
            rows.push(row);
            rest = others;
        }
        let mut number = 0;
        rows.into_iter()
            .map(|row| {
                let unit = self.facts_row(row, width, (list, number));
                number += row.len() as u32;
                unit
            })
            .collect()
    }

    fn fact_width(&self, (label, value): &(Rc<Para>, Rc<Para>)) -> f32 {
        let sizes = &self.look.m.sizes;
        (label.natural_width() * sizes.fact_label).max(value.natural_width() * sizes.fact)
    }

    fn facts_row(&self, row: &[(Rc<Para>, Rc<Para>)], width: f32, (list, from): (u32, u32)) -> Unit {
        let widths: Vec<f32> = row.iter().map(|f| self.fact_width(f)).collect();
        // few facts stand at even distances from the left; many fill the line
        let spare = (width - widths.iter().sum::<f32>()).max(0.0);
        let gap = if row.len() > 1 { spare / (row.len() - 1) as f32 } else { 0.0 };
        let gap = gap.min(mm(26.0));
        let mut unit = Unit { halves: 6, keep: true, ..Unit::default() };
        let mut x = 0.0;
        for (i, (fact, w)) in row.iter().zip(&widths).enumerate() {
            if i > 0 {
                let middle = x - gap / 2.0;
                unit.extras.push(Extra::Rule((middle, 0.6), (middle, 22.6), 0.4, self.look.theme.parts.hair));
            }
            let width = (*w + 1.0).min(width);
            self.fact(
                &mut unit,
                fact,
                (x, width),
                (self.grid.base, self.grid.base + 12.0),
                Key::Body(list, from + i as u32),
            );
            x += w + gap;
        }
        let rule = self.grid.base + 21.4;
        unit.extras.push(Extra::Rule((0.0, rule), (width, rule), 0.35, self.look.ink()));
        unit
    }

    fn fact(
        &self,
        unit: &mut Unit,
        fact: &(Rc<Para>, Rc<Para>),
        (x, width): (f32, f32),
        (label, value): (f32, f32),
        key: Key,
    ) {
        let sizes = &self.look.m.sizes;
        let text = Text::new(&fact.0, (sizes.fact_label, self.grid.pitch()), width, Some(key)).at(x, label);
        unit.texts.push(text);
        let text = Text::new(&fact.1, (sizes.fact, self.grid.pitch()), width, Some(key)).at(x, value);
        unit.texts.push(text);
    }

    /// Facts below each other in the rail.
    pub(super) fn facts_rail(&self, facts: &[(Rc<Para>, Rc<Para>)], list: u32) -> Vec<Unit> {
        let width = self.look.format.rail;
        facts
            .iter()
            .enumerate()
            .map(|(i, fact)| {
                let mut unit = Unit { halves: 4, ..Unit::default() };
                let base = self.grid.base;
                self.fact(&mut unit, fact, (0.0, width), (base + 1.4, base + 11.6), Key::Body(list, i as u32));
                let more = unit.texts.iter().map(|t| t.count() - 1).sum::<usize>();
                unit.halves += 2 * more;
                if i > 0 {
                    unit.extras.push(Extra::Rule((0.0, -2.6), (width, -2.6), 0.4, self.look.theme.parts.hair));
                }
                unit
            })
            .collect()
    }

    /// The standfirst, in whole lines.
    pub(super) fn standfirst(&self, paras: &[Rc<Para>], keys: &[Key], width: f32) -> Vec<Unit> {
        let sizes = &self.look.m.sizes;
        let pitch = sizes.standfirst_pitch * self.grid.pitch() / sizes.pitch;
        let one = |(para, key): (&Rc<Para>, &Key)| {
            let set = (sizes.standfirst, pitch);
            let text =
                Text::filled(para, set, width, (0.0, 0.0), Fill::Prose, Some(*key)).at(0.0, self.grid.base + 2.0);
            let height = text.height() - pitch + 12.0 + 4.0;
            // where its lines fill theirs exactly, what follows keeps its distance
            let whole = self.grid.whole(height);
            let spare = whole as f32 * self.grid.half - height;
            let halves = whole + usize::from(spare < LEAST_SPARE);
            Unit { halves, soft: true, texts: vec![text], ..Unit::default() }
        };
        paras.iter().zip(keys).map(one).collect()
    }

    /// A photo over the whole width, with a line below it.
    pub(super) fn photo(&self, image: usize, pixels: (u32, u32), key: Key) -> Unit {
        let lines = self.look.format.photo;
        let place = [0.0, 0.0, self.look.format.text(), lines as f32 * self.look.m.sizes.pitch - 3.0];
        let extras = vec![Extra::Picture(image, pixels, place, key)];
        let halves = self.grid.whole(lines as f32 * self.look.m.sizes.pitch - 3.0);
        Unit { halves: halves + 2, extras, keep: true, ..Unit::default() }
    }
}
