//! Tips: side by side, one under the other, or run in.

use super::canvas::{Canvas, How, Set};
use super::context::Context;
use super::material::AsideMaterial;
use crate::frame::{Role, TagId};
use crate::geom::mm;
use crate::theme::{Asides, HeadStyle, TextRole};

/// How tips are set out, measured.
#[derive(Debug, Clone)]
pub(super) struct Tips {
    set: Set,
    /// Which of the material's asides.
    chosen: Vec<usize>,
    form: Form,
    lead: Lead,
    pub(super) height: f32,
}

/// What stands over the tips.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// A rule.
    Rule,
    /// A label, where they stand beside something else.
    Label,
    /// Nothing: the side's head has a rule of its own.
    Nothing,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Form {
    /// Side by side in so many columns.
    Columns(usize),
    /// One under the other: icon, heading, text in tracks; the heading's track is this wide, or nought for a heading over its text.
    Rows(f32),
    /// One under the other, the heading run in.
    RunIn,
}

impl Tips {
    /// The chosen tips in a width, in the form that suits the theme and takes least height.
    pub(super) fn measure(
        c: &Context<'_>,
        body: Set,
        chosen: &[usize],
        width: f32,
        lead: Lead,
        room: f32,
    ) -> Option<Tips> {
        if chosen.is_empty() {
            return None;
        }
        let medium = if c.is_large() { c.theme.ladder[3] } else { c.theme.ladder[1] };
        let size = body.size.min(medium.from * c.class.space.clamp(1.0, 1.12));
        let set = Set { size, pitch: size * body.pitch / body.size, ..body };
        let forms: Vec<Form> = match c.theme.parts.asides {
            _ if lead == Lead::Label || c.is_large() => vec![Form::RunIn],
            Asides::Columns => {
                let most = chosen.len().min(3);
                (1..=most)
                    .rev()
                    .filter(|k| *k == 1 || column_width(c, width, *k) >= mm(28.0))
                    .map(|k| if k == 1 { Form::RunIn } else { Form::Columns(k) })
                    .collect()
            }
            Asides::List => {
                let label = chosen.iter().map(|i| c.m.asides[*i].label.natural_width() * size).fold(0.0, f32::max);
                let track = label + mm(4.0);
                let rows = if track < 0.34 * width && width > mm(80.0) { Form::Rows(track) } else { Form::Rows(0.0) };
                if chosen.len() > 1 && width > mm(95.0) {
                    vec![rows, Form::Columns(chosen.len().min(3))]
                } else {
                    vec![rows]
                }
            }
        };
        let sized = forms.into_iter().map(|form| {
            let mut tips = Tips { set, chosen: chosen.to_vec(), form, lead, height: 0.0 };
            tips.height = tips.total(c, width);
            tips
        });
        // the theme's own form wins unless another saves a good part of the height, or is the only one that fits
        sized.reduce(|best, other| {
            if other.height < 0.8 * best.height || best.height > room && other.height < best.height {
                other
            } else {
                best
            }
        })
    }

    fn total(&self, c: &Context<'_>, width: f32) -> f32 {
        let asides: Vec<&AsideMaterial> = self.chosen.iter().map(|i| &c.m.asides[*i]).collect();
        match self.form {
            Form::Columns(k) => {
                let w = column_width(c, width, k);
                let rows =
                    asides.chunks(k).map(|row| row.iter().map(|a| self.column_height(c, a, w)).fold(0.0, f32::max));
                let heights: Vec<f32> = rows.collect();
                heights.iter().sum::<f32>() + c.sp(5.0) * (heights.len() - 1) as f32
            }
            Form::Rows(track) => {
                let icon = c.sp(8.4);
                let texts = asides.iter().map(|a| self.row_height(a, width - icon, track));
                self.rows_top(c) + texts.sum::<f32>() + c.sp(3.4) * (asides.len() - 1) as f32
            }
            Form::RunIn => {
                let icon = self.set.size * 1.6;
                let texts = asides.iter().map(|a| self.paras_height(&a.whole, width - icon));
                self.run_in_top(c) + texts.sum::<f32>() + (self.set.leading() + c.sp(1.4)) * (asides.len() - 1) as f32
            }
        }
    }

    fn rows_top(&self, c: &Context<'_>) -> f32 {
        if self.lead == Lead::Rule { c.sp(5.6) } else { 0.0 }
    }

    /// From the top to the first tip: past the rule, or the label.
    fn run_in_top(&self, c: &Context<'_>) -> f32 {
        match self.lead {
            Lead::Rule => c.sp(3.4),
            Lead::Label => 0.75 * c.class.label + c.sp(2.6),
            Lead::Nothing => 0.0,
        }
    }

    fn paras_height(&self, paras: &[crate::text::Para], width: f32) -> f32 {
        let lines: usize = paras.iter().map(|p| self.set.lines(p, width, 0.0)).sum();
        self.set.height(lines)
    }

    fn row_height(&self, a: &AsideMaterial, width: f32, track: f32) -> f32 {
        if track > 0.0 {
            return self.paras_height(&a.text, width - track).max(self.set.size);
        }
        self.paras_height(&a.text, width) + self.set.pitch
    }

    fn column_height(&self, c: &Context<'_>, a: &AsideMaterial, width: f32) -> f32 {
        match c.theme.parts.head {
            HeadStyle::Framed => c.sp(2.0) + self.paras_height(&a.whole, width - c.sp(5.4)),
            _ => self.column_text_top(c) + self.paras_height(&a.text, width),
        }
    }

    /// From the top of a column to its text: rule, icon and heading.
    fn column_text_top(&self, c: &Context<'_>) -> f32 {
        c.sp(1.6) + 12.0 * c.class.space.max(0.85) + c.sp(1.6)
    }

    pub(super) fn draw(&self, c: &Context<'_>, canvas: &mut Canvas<'_>, x: f32, y: f32, width: f32, art: TagId) {
        let section = canvas.tags.add(Role::Sect, Some(art));
        match self.form {
            Form::Columns(k) => self.draw_columns(c, canvas, x, y, width, k, section),
            Form::Rows(track) => self.draw_rows(c, canvas, x, y, width, track, section),
            Form::RunIn => self.draw_run_in(c, canvas, x, y, width, section),
        }
    }

    #[allow(clippy::too_many_arguments, reason = "a place, a width and what goes there")]
    fn draw_columns(
        &self,
        c: &Context<'_>,
        canvas: &mut Canvas<'_>,
        x: f32,
        y: f32,
        width: f32,
        k: usize,
        section: TagId,
    ) {
        let parts = &c.theme.parts;
        let w = column_width(c, width, k);
        let gap = (width - w * k as f32) / (k - 1).max(1) as f32;
        let mut top = y;
        let shared_rule = parts.head != HeadStyle::Ruled;
        for row in self.chosen.chunks(k) {
            if shared_rule && (self.lead == Lead::Rule || top > y) {
                let weight = if parts.head == HeadStyle::Bar { 1.4 } else { 0.5 };
                canvas.rule((x, top), (x + width, top), weight, parts.rule);
            }
            let mut height = 0.0f32;
            for (i, aside) in row.iter().enumerate() {
                let a = &c.m.asides[*aside];
                let at = x + i as f32 * (w + gap);
                height = height.max(self.column_height(c, a, w));
                if parts.head == HeadStyle::Framed {
                    self.draw_whole(c, canvas, a, at, top + c.sp(2.0), w, c.sp(5.4), section);
                    continue;
                }
                if !shared_rule {
                    canvas.rule((at, top), (at + w, top), 0.35, parts.rule);
                }
                let icon = 12.0 * c.class.space.max(0.85);
                let icon_top = top + c.sp(1.6);
                canvas.icon(&a.icon, at - 1.3, icon_top, icon, 1.5, parts.icon);
                let size = if c.theme.role(TextRole::AsideLabel).upper { c.class.label } else { self.set.size };
                let label = canvas.tags.add(Role::Heading(2), Some(section));
                let baseline = icon_top + icon / 2.0 + c.cap(TextRole::AsideLabel) * size / 2.0;
                canvas.line(&a.label, size, at + icon + c.sp(1.2), baseline, w, How::new(Some(label)));
                self.draw_paras(canvas, &a.text, at, top + self.column_text_top(c), w, section);
            }
            top += height + c.sp(5.0);
        }
    }

    #[allow(clippy::too_many_arguments, reason = "a place, a width and what goes there")]
    fn draw_rows(
        &self,
        c: &Context<'_>,
        canvas: &mut Canvas<'_>,
        x: f32,
        y: f32,
        width: f32,
        track: f32,
        section: TagId,
    ) {
        let parts = &c.theme.parts;
        if self.lead == Lead::Rule {
            canvas.rule((x, y), (x + width, y), 1.4, parts.rule);
        }
        let icon = 1.6 * self.set.size;
        let column = c.sp(8.4);
        let mut top = y + self.rows_top(c);
        for aside in &self.chosen {
            let a = &c.m.asides[*aside];
            let baseline = top + self.set.ascent * self.set.size;
            canvas.icon(
                &a.icon,
                x - 0.1 * self.set.size,
                baseline - 0.36 * self.set.size - icon / 2.0,
                icon,
                1.7,
                parts.icon,
            );
            let label = canvas.tags.add(Role::Heading(2), Some(section));
            canvas.line(&a.label, self.set.size, x + column, baseline, width, How::new(Some(label)));
            if track > 0.0 {
                self.draw_paras(canvas, &a.text, x + column + track, top, width - column - track, section);
            } else {
                self.draw_paras(canvas, &a.text, x + column, top + self.set.pitch, width - column, section);
            }
            top += self.row_height(a, width - column, track) + c.sp(3.4);
        }
    }

    fn draw_run_in(&self, c: &Context<'_>, canvas: &mut Canvas<'_>, x: f32, y: f32, width: f32, section: TagId) {
        match self.lead {
            Lead::Rule => canvas.rule(
                (x, y),
                (x + width, y),
                if c.theme.parts.head == HeadStyle::Bar { 1.4 } else { 0.4 },
                c.theme.parts.rule,
            ),
            Lead::Label => {
                let label = canvas.tags.add(Role::Heading(2), Some(section));
                canvas.line(&c.m.label_tips, c.class.label, x, y + 0.75 * c.class.label, width, How::new(Some(label)));
            }
            Lead::Nothing => {}
        }
        let mut top = y + self.run_in_top(c);
        let icon = self.set.size * 1.6;
        for aside in &self.chosen {
            let a = &c.m.asides[*aside];
            self.draw_whole(c, canvas, a, x, top, width, icon, section);
            top += self.paras_height(&a.whole, width - icon) + self.set.leading() + c.sp(1.4);
        }
    }

    /// Icon, then heading and text in one.
    #[allow(clippy::too_many_arguments, reason = "a place, a width and what goes there")]
    fn draw_whole(
        &self,
        c: &Context<'_>,
        canvas: &mut Canvas<'_>,
        a: &AsideMaterial,
        x: f32,
        y: f32,
        width: f32,
        track: f32,
        section: TagId,
    ) {
        let size = 1.2 * self.set.size;
        let baseline = y + self.set.ascent * self.set.size;
        canvas.icon(
            &a.icon,
            x - 0.1 * self.set.size,
            baseline - 0.36 * self.set.size - size / 2.0,
            size,
            1.6,
            c.theme.parts.icon,
        );
        self.draw_paras(canvas, &a.whole, x + track, y, width - track, section);
    }

    fn draw_paras(
        &self,
        canvas: &mut Canvas<'_>,
        paras: &[crate::text::Para],
        x: f32,
        y: f32,
        width: f32,
        section: TagId,
    ) {
        let mut at = y;
        for para in paras {
            let tag = canvas.tags.add(Role::P, Some(section));
            at += canvas.para(para, self.set, x, at, width, How::new(Some(tag))) + self.set.leading();
        }
    }
}

fn column_width(c: &Context<'_>, width: f32, count: usize) -> f32 {
    let gap = if c.theme.parts.head == HeadStyle::Framed { c.sp(4.0) } else { c.sp(5.0) };
    (width - gap * (count - 1) as f32) / count as f32
}
