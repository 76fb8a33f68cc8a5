//! Steps: their numerals, their text, the rail for times.

use super::canvas::{Canvas, How, Set};
use super::context::Context;
use super::plan::Attempt;
use super::stepping::StepMaterial;
use crate::frame::{Role, TagId};
use crate::geom::mm;
use crate::text::Para;
use crate::theme::{CueStyle, NumeralStyle, TextRole};

/// How steps are set on a card: one size for all of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Method {
    pub(super) set: Set,
    /// From the numeral's start to the text.
    hang: f32,
    /// Size of drop numerals, or diameter of badges and rings.
    numeral: f32,
    /// Width of the rail, and whether every step leaves it free.
    rail: Option<(f32, bool)>,
    /// Size of the figures in the rail.
    figure: f32,
    /// Whether the tips of steps are set.
    pub(super) tips: bool,
}

impl Method {
    /// The method of an attempt at a size, in a column of that width.
    pub(super) fn new(c: &Context<'_>, attempt: &Attempt, size: f32, width: f32) -> Method {
        let set = c.body(&c.theme.ladder[attempt.rung], size);
        let many = c.m.steps.len() >= 10;
        let cap = c.cap(TextRole::Text);
        let (hang, numeral) = match c.theme.parts.numeral {
            NumeralStyle::Drop => {
                (mm(if many { 1.1 } else { 0.9 }) * size, (set.pitch + cap * size) / c.cap(TextRole::Numeral))
            }
            NumeralStyle::Badge => (2.27 * size, 1.65 * size),
            NumeralStyle::Ring => (2.12 * size, 1.52 * size),
        };
        // hanging more than a quarter of the width away leaves too little for the text
        let hang = hang.min(0.26 * width);
        let mut method = Method { set, hang, numeral, rail: None, figure: 1.5 * size, tips: attempt.small.step_tips };
        let has_cues = c.m.steps.iter().any(|s| s.cue.is_some());
        match c.theme.parts.cue {
            CueStyle::Rail if has_cues => {
                let widest = method.widest_cue(c, 0.30 * width);
                method.rail = (width > c.grown(size) * mm(58.0)).then_some((widest + mm(3.0), false));
            }
            CueStyle::Accent
                if c.theme.parts.dense_rail
                    && attempt.is_dense()
                    && has_cues
                    && characters(c, set, width - hang) > 60.0 =>
            {
                method.figure = (1.23 * size).max(10.8);
                let widest = method.widest_cue(c, 0.24 * width);
                method.rail = Some((widest.max(mm(14.0)) + mm(2.0), true));
            }
            _ => {}
        }
        method
    }

    fn widest_cue(&self, c: &Context<'_>, limit: f32) -> f32 {
        let widths =
            c.m.steps.iter().filter_map(|s| s.cue.as_ref()).map(|cue| self.cue_width(c, &cue.value, &cue.unit));
        widths.filter(|w| *w <= limit).fold(0.0, f32::max)
    }

    fn cue_width(&self, c: &Context<'_>, value: &Para, unit: &Para) -> f32 {
        let value = value.natural_width() * self.figure;
        match c.theme.parts.cue {
            CueStyle::Rail => value.max(unit.natural_width() * self.unit_size(c) + 1.3 * self.unit_size(c)),
            _ => value + 1.6 + unit.natural_width() * self.unit_size(c),
        }
    }

    fn unit_size(&self, c: &Context<'_>) -> f32 {
        (0.72 * self.set.size).max(c.least(7.0))
    }

    /// Whether a step's figure stands in the rail.
    fn in_rail(&self, c: &Context<'_>, step: &StepMaterial) -> bool {
        let Some((rail, _)) = self.rail else { return false };
        step.cue.as_ref().is_some_and(|cue| self.cue_width(c, &cue.value, &cue.unit) <= rail - mm(1.5))
    }

    fn text_width(&self, c: &Context<'_>, step: &StepMaterial, width: f32) -> f32 {
        let rail = match self.rail {
            Some((w, all)) if all || self.in_rail(c, step) => w,
            _ => 0.0,
        };
        width - self.hang - rail
    }

    /// The paragraphs of a step: what is set beside the rail leaves out what stands in it.
    fn paragraphs<'m>(&self, c: &Context<'_>, step: &'m StepMaterial) -> &'m [Para] {
        step.beside_rail.as_ref().filter(|_| self.in_rail(c, step)).unwrap_or(&step.body)
    }

    /// How many characters a line of text has, on average, in a column.
    pub(super) fn characters(&self, c: &Context<'_>, width: f32) -> f32 {
        characters(c, self.set, width - self.hang)
    }

    /// The height of the heading of a group of steps, with the space under it.
    fn group_height(&self) -> f32 {
        self.set.size + 1.0 + self.set.leading() + 1.0
    }

    /// The height of step `i`, its group's heading included.
    pub(super) fn height(&self, c: &Context<'_>, i: usize, width: f32) -> f32 {
        let step = &c.m.steps[i];
        let set = self.set;
        let text = self.text_width(c, step, width);
        let lines: usize = step.title.iter().chain(self.paragraphs(c, step)).map(|p| set.lines(p, text, 0.0)).sum();
        let mut height = set.height(lines.max(1));
        if self.tips {
            for tip in &step.tip {
                height += set.leading() + self.tip_set(c).para(tip, text, 0.0) + 1.0;
            }
        }
        if !step.continued {
            height = height.max(self.least_height(c, step));
        }
        if step.group.is_some() { height + self.group_height() } else { height }
    }

    fn tip_set(&self, c: &Context<'_>) -> Set {
        let size = (0.93 * self.set.size).max(c.least(8.8).min(self.set.size));
        Set { size, pitch: size * self.set.pitch / self.set.size, ..self.set }
    }

    /// Numerals and figures in the rail are higher than one line.
    fn least_height(&self, c: &Context<'_>, step: &StepMaterial) -> f32 {
        let numeral = match c.theme.parts.numeral {
            NumeralStyle::Drop => self.set.height(2) - 0.2 * self.set.size,
            NumeralStyle::Badge | NumeralStyle::Ring => self.numeral * 0.92,
        };
        let rail = if self.in_rail(c, step) && c.theme.parts.cue == CueStyle::Rail {
            0.72 * self.figure + mm(1.5) + self.unit_size(c)
        } else {
            0.0
        };
        numeral.max(rail)
    }

    /// Draws step `i` with its top at `y`. `list` is the tag of the list that steps go into; a group's heading begins a new one.
    #[allow(clippy::too_many_arguments, reason = "a step, its place and its tags")]
    pub(super) fn draw(
        &self,
        c: &Context<'_>,
        canvas: &mut Canvas<'_>,
        i: usize,
        x: f32,
        y: f32,
        width: f32,
        art: TagId,
        list: &mut Option<TagId>,
    ) {
        let step = &c.m.steps[i];
        let set = self.set;
        let mut top = y;
        if let Some(group) = &step.group {
            let head = c.set(TextRole::Group, set.size + 1.0, set.pitch);
            let heading = canvas.tags.add(Role::Heading(2), Some(art));
            canvas.para(group, head, x, top, width, How::new(Some(heading)));
            top += self.group_height();
            *list = None;
        }
        let list = *list.get_or_insert_with(|| canvas.tags.add(Role::List { numbered: true }, Some(art)));
        let li = canvas.tags.add(Role::Item, Some(list));
        if !step.continued {
            let label = canvas.tags.add(Role::Label, Some(li));
            self.draw_numeral(c, canvas, step, x, top, label);
        }
        let body = canvas.tags.add(Role::Body, Some(li));
        let text = self.text_width(c, step, width);
        let mut at = top;
        let how = How::new(Some(body)).justify(c.m.script.cjk);
        for para in step.title.iter().chain(self.paragraphs(c, step)) {
            at += canvas.para(para, set, x + self.hang, at, text, how) + set.leading();
        }
        if self.tips {
            for tip in &step.tip {
                at += canvas.para(tip, self.tip_set(c), x + self.hang, at + 1.0, text, how) + 1.0 + set.leading();
            }
        }
        if self.in_rail(c, step) {
            self.draw_cue(c, canvas, step, x, top, width, body);
        }
    }

    fn draw_numeral(
        &self,
        c: &Context<'_>,
        canvas: &mut Canvas<'_>,
        step: &StepMaterial,
        x: f32,
        top: f32,
        tag: TagId,
    ) {
        let set = self.set;
        let how = How::new(Some(tag));
        let cap = c.cap(TextRole::Numeral);
        match c.theme.parts.numeral {
            NumeralStyle::Drop => {
                // its head on the line of the capitals, its foot on the second baseline
                let baseline = top + set.ascent * set.size + set.pitch;
                let room = self.hang - mm(0.8);
                let size =
                    if step.number > 9 { self.numeral.min(room / step.numeral.natural_width()) } else { self.numeral };
                canvas.line(&step.numeral, size, x - 0.4, baseline - (self.numeral - size) * cap * 0.5, room, how);
            }
            NumeralStyle::Badge | NumeralStyle::Ring => {
                let d = self.numeral;
                let cy = top + set.ascent * set.size - 0.5 * c.cap(TextRole::Text) * set.size;
                let cx = x + d / 2.0;
                let digits = if step.number > 9 { 0.5 } else { 0.61 }
                    * d
                    * if c.theme.parts.numeral == NumeralStyle::Ring { 1.07 } else { 1.0 };
                if c.theme.parts.numeral == NumeralStyle::Badge && c.theme.parts.fills {
                    canvas.circle(cx, cy, d / 2.0, Some(c.theme.parts.accent), None);
                } else if c.theme.parts.numeral == NumeralStyle::Badge {
                    canvas.circle(cx, cy, d / 2.0 - 0.6, None, Some((c.theme.parts.rule, 1.2)));
                } else {
                    canvas.circle(cx, cy, d / 2.0 - 0.4, None, Some((c.theme.parts.rule, 0.7)));
                }
                let width = step.numeral.natural_width() * digits;
                canvas.line(&step.numeral, digits, cx - width / 2.0, cy + cap * digits / 2.0, width, how);
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "a step's figure, its place and its tag")]
    fn draw_cue(
        &self,
        c: &Context<'_>,
        canvas: &mut Canvas<'_>,
        step: &StepMaterial,
        x: f32,
        top: f32,
        width: f32,
        tag: TagId,
    ) {
        let (Some(cue), set) = (&step.cue, self.set) else { return };
        let how = How::new(Some(tag)).end();
        let unit = self.unit_size(c);
        let color = c.theme.role(TextRole::RailUnit).color;
        if c.theme.parts.cue != CueStyle::Rail {
            // figure and unit on the step's first baseline
            let baseline = top + set.ascent * set.size + 0.3;
            canvas.line(&cue.unit, unit, x, baseline, width, how);
            let taken = if cue.unit.is_empty() { 0.0 } else { cue.unit.natural_width() * unit + 1.6 };
            canvas.line(&cue.value, self.figure, x, baseline, width - taken, how);
            return;
        }
        let baseline = top + 0.06 * set.size + c.cap(TextRole::Rail) * self.figure + 0.5;
        canvas.line(&cue.value, self.figure, x, baseline, width, how);
        let below = baseline + mm(1.5) + c.cap(TextRole::RailUnit) * unit;
        let icon = unit + 0.8;
        let taken = cue.unit.natural_width() * unit + if cue.unit.is_empty() { 0.0 } else { 1.4 };
        let name = if cue.is_temperature { "thermo" } else { "clock" };
        let icon_x = x + width - taken - icon;
        canvas.icon(name, icon_x, below - 0.86 * icon, icon, 2.0, color);
        canvas.line(&cue.unit, unit, x, below, width, how);
    }
}

/// How many characters a line of that width has, on average.
fn characters(c: &Context<'_>, set: Set, width: f32) -> f32 {
    let em =
        c.m.steps
            .iter()
            .flat_map(|s| &s.body)
            .fold((0.0, 0usize), |(w, n), p| (w + p.natural_width(), n + p.text.chars().count()));
    if em.1 == 0 { 0.0 } else { width / (em.0 / em.1 as f32 * set.size) }
}
