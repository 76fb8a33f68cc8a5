//! The paragraphs of the steps.

use super::setter::Setter;
use crate::content::{Content, StepContent};
use crate::rich::{Mark, Rich};
use crate::source::NodeId;
use crate::text::Para;
use crate::theme::{StepTitle, TextRole};
use crate::typo::ends_sentence;

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
    /// The text where the figure stands in the rail; of steps that have one.
    pub(super) beside_rail: Option<Vec<Para>>,
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
            out.push(step_material(s, step, heading));
        }
    }
    out
}

fn step_material(s: &mut Setter<'_, '_>, step: &StepContent, group: Option<Para>) -> StepMaterial {
    let own_line = s.theme.parts.step_title == StepTitle::Line;
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
        body: body(s, step, [true, true]),
        beside_rail: step.cue.as_ref().map(|c| body(s, &with_keys(step), [!c.is_temperature, c.is_temperature])),
        cue,
        tip: step.tip.iter().map(|t| s.para(&[(t, TextRole::Note)])).collect(),
    }
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

/// A step's paragraphs, with its heading where that runs in; `tails`: whether heat and time are told that the text does not name.
fn body(s: &mut Setter<'_, '_>, step: &StepContent, tails: [bool; 2]) -> Vec<Para> {
    let run_in = s.theme.parts.step_title == StepTitle::RunIn;
    let title = step.title.as_ref().filter(|_| run_in).map(|t| {
        let mut t = t.clone();
        if !ends_sentence(&t.text) {
            t.push(if s.script.cjk { "\u{3000}" } else { "." }, None);
        }
        t
    });
    let space = Rich::plain(if s.script.cjk { "" } else { " " }, NodeId(0));
    let mut paragraphs = step.paragraphs(s.locale, tails);
    if paragraphs.is_empty() && title.is_some() {
        paragraphs.push(Rich::default());
    }
    let mut lead = title.as_ref();
    paragraphs
        .iter()
        .map(|text| match lead.take() {
            Some(title) if text.is_empty() => s.para(&[(title, TextRole::StepTitle)]),
            Some(title) => s.para(&[(title, TextRole::StepTitle), (&space, TextRole::Text), (text, TextRole::Text)]),
            None => s.para(&[(text, TextRole::Text)]),
        })
        .collect()
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
