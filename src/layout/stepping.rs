//! The paragraphs of the steps.

use super::setter::Setter;
use crate::content::{Content, StepContent};
use crate::rich::{Mark, Rich};
use crate::source::NodeId;
use crate::text::Para;
use crate::theme::{StepTitle, TextRole};
use std::cell::OnceCell;

/// A step.
pub(super) struct StepMaterial {
    pub(super) number: usize,
    /// Whether it goes on with the step before it, which was too long for a side.
    pub(super) continued: bool,
    /// The heading of the group that begins with this step.
    pub(super) group: Option<Para>,
    pub(super) numeral: Para,
    /// The heading, where it stands on a line of its own.
    pub(super) title: Option<Para>,
    /// The text with its leading figure in it.
    pub(super) body: Vec<Para>,
    /// Its place among all steps.
    pub(super) index: usize,
    /// The text where the figure stands in the rail; shaped when it is first wanted.
    pub(super) beside_rail: OnceCell<Vec<Para>>,
    /// The figure for the rail, and its unit.
    pub(super) cue: Option<CueMaterial>,
    /// Its tip.
    pub(super) tip: Vec<Para>,
}

/// The leading figure of a step.
pub(super) struct CueMaterial {
    pub(super) value: Para,
    pub(super) unit: Para,
    pub(super) is_temperature: bool,
}

pub(super) fn steps(s: &mut Setter<'_, '_>, content: &Content) -> Vec<StepMaterial> {
    let mut out = Vec::new();
    for group in &content.steps {
        for (i, step) in group.items.iter().enumerate() {
            let heading = group.name.as_ref().filter(|_| i == 0).map(|n| s.para(&[(n, TextRole::Group)]));
            let index = out.len();
            out.push(step_material(s, step, heading, index));
        }
    }
    out
}

fn step_material(s: &mut Setter<'_, '_>, step: &StepContent, group: Option<Para>, index: usize) -> StepMaterial {
    let own_line = s.theme.parts.step_title == StepTitle::Line;
    let full = body(s, step, own_line, [true, true]);
    let cue = step.cue.as_ref().map(|c| CueMaterial {
        value: s.plain(&c.value, TextRole::Rail),
        unit: s.plain(&c.unit, TextRole::RailUnit),
        is_temperature: c.is_temperature,
    });
    StepMaterial {
        number: step.number,
        continued: step.continued,
        group,
        numeral: s.plain(&step.number.to_string(), TextRole::Numeral),
        title: step.title.as_ref().filter(|_| own_line).map(|t| s.para(&[(t, TextRole::StepTitle)])),
        body: full,
        index,
        beside_rail: OnceCell::new(),
        cue,
        tip: step.tip.iter().map(|t| s.para(&[(t, TextRole::Note)])).collect(),
    }
}

/// The text of a step whose leading figure stands in the rail.
pub(super) fn beside_rail(s: &mut Setter<'_, '_>, step: &StepContent) -> Vec<Para> {
    let own_line = s.theme.parts.step_title == StepTitle::Line;
    let time_in_rail = step.cue.as_ref().is_some_and(|c| !c.is_temperature);
    let heat_in_rail = step.cue.as_ref().is_some_and(|c| c.is_temperature);
    body(s, &with_keys(step), own_line, [!heat_in_rail, !time_in_rail])
}

/// A step whose leading figure stands in the rail: in the text it is a figure like others.
fn with_keys(step: &StepContent) -> StepContent {
    let mut out = step.clone();
    for rich in &mut out.body {
        for (_, mark) in &mut rich.marks {
            if *mark == Mark::Cue {
                *mark = Mark::Key;
            }
        }
    }
    out
}

/// A step's paragraphs: heading where it runs in, heat, text, and what the text does not name.
fn body(s: &mut Setter<'_, '_>, step: &StepContent, own_line: bool, [with_heat, with_time]: [bool; 2]) -> Vec<Para> {
    let space = Rich::plain(" ", NodeId(0));
    let title = step.title.as_ref().filter(|_| !own_line).map(|t| {
        let mut t = t.clone();
        let stop = if s.script.cjk { "\u{3000}" } else { "." };
        if !t.text.ends_with(['.', '!', '?', '…', ':', '。', '！', '？']) {
            t.push(stop, None);
        }
        t
    });
    let heat = step.heat.as_ref().map(|h| h.clone().marked(Mark::Key));
    let mut first: Vec<(&Rich, TextRole)> = Vec::new();
    if let Some(t) = &title {
        first.push((t, TextRole::StepTitle));
    }
    let tails: Vec<&Rich> =
        [step.tail_heat.as_ref().filter(|_| with_heat), step.tail_time.as_ref().filter(|_| with_time)]
            .into_iter()
            .flatten()
            .collect();
    let texts: Vec<&Rich> = heat.iter().chain(step.body.first()).collect();
    let last_alone = step.body.len() > 1;
    for text in texts.into_iter().chain(tails.iter().copied().filter(|_| !last_alone)) {
        if !first.is_empty() && !s.script.cjk {
            first.push((&space, TextRole::Text));
        }
        first.push((text, TextRole::Text));
    }
    let mut out = Vec::new();
    if !first.is_empty() {
        out.push(s.para(&first));
    }
    for (i, rich) in step.body.iter().enumerate().skip(1) {
        let mut parts = vec![(rich, TextRole::Text)];
        if i + 1 == step.body.len() {
            for tail in &tails {
                parts.extend([(&space, TextRole::Text), (*tail, TextRole::Text)]);
            }
        }
        out.push(s.para(&parts));
    }
    out
}

/// The same content with steps of more than `characters` parted at ends of sentences (or, failing those, of words).
pub(super) fn parted(content: &Content, characters: usize) -> Content {
    let mut out = content.clone();
    for group in &mut out.steps {
        group.items = group.items.iter().flat_map(|s| part(s, characters)).collect();
    }
    out
}

fn part(step: &StepContent, characters: usize) -> Vec<StepContent> {
    let mut pieces: Vec<Rich> = Vec::new();
    for rich in &step.body {
        pieces.extend(cut(rich, characters));
    }
    if pieces.len() < 2 {
        return vec![step.clone()];
    }
    let last = pieces.len() - 1;
    pieces
        .into_iter()
        .enumerate()
        .map(|(i, rich)| {
            let mut s = step.clone();
            s.body = vec![rich];
            s.continued = i > 0;
            if i > 0 {
                (s.title, s.heat, s.cue) = (None, None, None);
            }
            if i < last {
                (s.tail_heat, s.tail_time) = (None, None);
                s.tip.clear();
            }
            s
        })
        .collect()
}

fn cut(rich: &Rich, characters: usize) -> Vec<Rich> {
    let mut out = Vec::new();
    let mut start = 0;
    let text = &rich.text;
    while text[start..].chars().count() > characters {
        let end = text[start..].char_indices().nth(characters).map_or(text.len(), |(i, _)| start + i);
        let window = &text[start..end];
        let stop = window.rfind(". ").map(|i| i + 2).or_else(|| window.rfind('。').map(|i| i + '。'.len_utf8()));
        let stop =
            stop.filter(|s| *s * 2 > window.len()).or_else(|| window.rfind(' ').map(|i| i + 1)).unwrap_or(window.len());
        out.push(rich.slice(start..start + stop));
        start += stop;
    }
    out.push(rich.slice(start..text.len()));
    out
}
