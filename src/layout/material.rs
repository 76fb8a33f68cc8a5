//! Every paragraph of a card, shaped once before any size is chosen.

use super::batches::{BatchMaterial, RowMaterial};
use super::code::CodeMaterial;
use super::setter::{Script, Setter};
use super::stepping::{StepMaterial, steps};
use crate::content::{AsideKind, Content, Item, Pairings};
use crate::locale::{Label, Locale};
use crate::markdown;
use crate::rich::Rich;
use crate::source::NodeId;
use crate::text::Para;
use crate::theme::{CueStyle, ListStyle, PairingStyle, Print, TextRole};

/// A line of the list.
pub(super) struct ItemMaterial {
    /// Number alone, unit alone, both together.
    pub(super) number: Para,
    pub(super) unit: Para,
    pub(super) amount: Para,
    /// Name and note; the amount in another system is part of the note.
    pub(super) name: Para,
    /// The amount in another system, and name and note without it.
    pub(super) also: Option<(Para, Para)>,
    /// Amount, name and note in one.
    pub(super) whole: Para,
    /// Whether an amount is given.
    pub(super) measured: bool,
    /// Its amounts for several batches.
    pub(super) row: Option<RowMaterial>,
}

/// A group of the list.
pub(super) struct GroupMaterial {
    pub(super) name: Option<Para>,
    pub(super) items: Vec<ItemMaterial>,
}

/// A tip.
pub(super) struct AsideMaterial {
    pub(super) icon: String,
    /// Its heading alone, and its text.
    pub(super) label: Para,
    pub(super) text: Vec<Para>,
    /// Heading and text in one.
    pub(super) whole: Vec<Para>,
    pub(super) kind: AsideKind,
    pub(super) name: String,
}

/// All of it.
pub(super) struct Material {
    pub(super) script: Script,
    pub(super) locale: &'static Locale,
    pub(super) kicker: Para,
    /// The kicker's words one by one.
    pub(super) kicker_lines: Vec<Para>,
    pub(super) title: Para,
    pub(super) subtitle: Option<Para>,
    /// The name for running heads, and shorter ways to say it.
    pub(super) running: Vec<Para>,
    /// As wide as the words that say which card of how many it is.
    pub(super) sign: Para,
    pub(super) facts: Vec<(Para, Para)>,
    /// The oven's temperature on several scales.
    pub(super) oven: Vec<(Para, Para)>,
    /// What stands over amounts in two systems.
    pub(super) columns: Option<[Para; 2]>,
    pub(super) groups: Vec<GroupMaterial>,
    pub(super) few_quantities: bool,
    /// Several batches side by side.
    pub(super) batches: Option<BatchMaterial>,
    /// Allergens, equipment and what is said of figures; and the same without the equipment.
    pub(super) needs: Option<Para>,
    pub(super) must: Option<Para>,
    pub(super) has_equipment: bool,
    pub(super) steps: Vec<StepMaterial>,
    pub(super) asides: Vec<AsideMaterial>,
    /// As a sentence, or a paragraph a line.
    pub(super) pairings: Vec<Para>,
    pub(super) label_ingredients: Para,
    pub(super) label_method: Para,
    pub(super) label_pairings: Para,
    pub(super) label_tips: Para,
    pub(super) label_notes: Para,
    pub(super) source: Option<String>,
    /// What spoons and cups hold, where the foot has room for it; else it stands with the allergens.
    pub(super) measures: Option<String>,
    pub(super) code: Option<CodeMaterial>,
}

impl Material {
    /// `foot` is the size of the words at the foot and the width that they have.
    pub(super) fn new(content: &Content, s: &mut Setter<'_, '_>, foot: (f32, f32)) -> Self {
        let theme = s.theme;
        let batches = content.batches.as_ref().map(|columns| BatchMaterial::new(s, columns, content, foot));
        let same =
            content.batches.as_ref().filter(|_| batches.as_ref().is_some_and(|b| b.foot.is_none())).map(|c| &c.same);
        let label = |s: &mut Setter<'_, '_>, l: Label, role| {
            let text = s.locale.label(l).to_owned();
            s.plain(&text, role)
        };
        let separator = format!("\u{a0}{} ", theme.parts.kicker_separator);
        let at_foot = measures_at_foot(content, s, foot.1 / foot.0);
        let pairing_label =
            if theme.parts.pairings == PairingStyle::Sentence { Label::ToServe } else { Label::ServeWith };
        Material {
            script: s.script,
            locale: content.locale,
            kicker: joined(s, &content.kicker, &separator),
            kicker_lines: content.kicker.iter().map(|k| s.para(&[(k, TextRole::Kicker)])).collect(),
            title: s.para(&[(&content.title, TextRole::Title)]),
            subtitle: content.subtitle.as_ref().map(|t| s.para(&[(t, TextRole::Subtitle)])),
            running: shorter(&content.running_title).iter().map(|t| s.para(&[(t, TextRole::Running)])).collect(),
            sign: sign(s),
            facts: content
                .facts
                .iter()
                .map(|f| (s.para(&[(&f.label, TextRole::FactLabel)]), s.para(&[(&f.value, TextRole::Fact)])))
                .collect(),
            oven: content
                .oven
                .iter()
                .map(|f| (s.para(&[(&f.label, TextRole::FactLabel)]), s.para(&[(&f.value, TextRole::Cue)])))
                .collect(),
            columns: content
                .columns
                .as_ref()
                .map(|[own, other]| [s.para(&[(own, TextRole::Label)]), s.para(&[(other, TextRole::QuietLabel)])]),
            groups: content
                .ingredients
                .iter()
                .map(|g| GroupMaterial {
                    name: g.name.as_ref().map(|n| s.para(&[(n, TextRole::Group)])),
                    items: g.items.iter().map(|i| item(s, i, content)).collect(),
                })
                .collect(),
            few_quantities: content.few_quantities,
            needs: needs(s, content, same, [true, at_foot]),
            must: needs(s, content, same, [false, at_foot]),
            batches,
            has_equipment: !content.equipment.is_empty(),
            steps: steps(s, content),
            asides: asides(s, content),
            pairings: pairings(s, content),
            label_ingredients: label(s, Label::Ingredients, TextRole::Label),
            label_method: label(s, Label::Method, TextRole::Label),
            label_pairings: label(s, pairing_label, TextRole::Label),
            label_tips: label(s, Label::GoodToKnow, TextRole::Label),
            label_notes: label(s, Label::Notes, TextRole::QuietLabel),
            source: source(content),
            measures: content.measures.as_ref().filter(|_| at_foot).map(|m| m.text.clone()),
            code: CodeMaterial::new(s, content),
        }
    }
}

/// Whether what spoons hold stands at the foot: where nothing else does, and beside what it says of the next side. `foot` is its width
/// in ems of its text.
fn measures_at_foot(content: &Content, s: &mut Setter<'_, '_>, foot: f32) -> bool {
    let Some(measures) = &content.measures else { return false };
    let free = content.source.is_none() && !content.few_quantities && content.batches.is_none();
    free && s.plain(&measures.text, TextRole::FootNote).natural_width() <= 0.56 * foot
}

impl Material {
    /// Whether words that must be there stand at the start of the front's foot, so that the source stands elsewhere.
    pub(super) fn has_front_note(&self) -> bool {
        self.few_quantities || self.batches.as_ref().is_some_and(|b| b.foot.is_some())
    }
}

/// A name, and the same cut at the ends of words.
fn shorter(name: &Rich) -> Vec<Rich> {
    let mut out = vec![name.clone()];
    for characters in [44, 30, 18] {
        let Some((end, _)) = name.text.char_indices().nth(characters) else { continue };
        let cut = name.text[..end].rfind([' ', '\u{a0}']).unwrap_or(end);
        let words = name.text[..cut].trim_end_matches([' ', '\u{a0}', ',', '-', '\u{2013}']);
        out.push(Rich::plain(format!("{words}\u{2026}"), name.at));
    }
    out
}

fn sign(s: &mut Setter<'_, '_>) -> Para {
    let l = s.locale;
    let of = l.fill(Label::CardOf, &[("n", "8"), ("m", "8")]);
    let sign = if s.theme.print == Print::Large { of } else { format!("{of} · {}", l.label(Label::WordPrep)) };
    s.plain(&sign, TextRole::QuietLabel)
}

fn joined(s: &mut Setter<'_, '_>, words: &[Rich], separator: &str) -> Para {
    let mut all = Rich::plain("", words.first().map_or(NodeId(0), |w| w.at));
    for (i, word) in words.iter().enumerate() {
        if i > 0 {
            all.push(separator, None);
        }
        all.append(word);
    }
    s.para(&[(&all, TextRole::Kicker)])
}

fn item(s: &mut Setter<'_, '_>, i: &Item, content: &Content) -> ItemMaterial {
    let few = content.few_quantities;
    let parts = &s.theme.parts;
    let at = i.name.at;
    let measured = i.number.is_some();
    let gap = if s.script.cjk {
        ""
    } else if s.script.rtl {
        "\u{a0}"
    } else {
        "\u{202f}"
    };
    let number = Rich::plain(i.number.clone().unwrap_or_default(), at);
    let unit = Rich::plain(i.unit.clone().filter(|_| measured).unwrap_or_default(), at);
    let between = if number.is_empty() || unit.is_empty() { "" } else { gap };
    let amount = Rich::plain(format!("{}{between}{}", number.text, unit.text), at);
    let (joint, open, close) = if s.script.cjk { ("", "（", "）") } else { (parts.note_joint.as_str(), "", "") };
    let joint = Rich::plain(joint, at);
    let note = i.note.as_ref().map(|n| {
        let mut note = Rich::plain(open, n.at);
        note.append(n);
        note.push(close, None);
        note
    });
    let name_role = if measured { TextRole::Name } else { TextRole::BareName };
    let mut plain: Vec<(&Rich, TextRole)> = vec![(&i.name, name_role)];
    let noted: Vec<(&Rich, TextRole)> =
        note.iter().flat_map(|note| [(&joint, TextRole::Note), (note, TextRole::Note)]).collect();
    // where there is no track for the amount in another system, it is the first note
    let also = i.also.as_ref().map(|(n, u)| {
        let text = format!("{n}{}{}", if u.is_some() { gap } else { "" }, u.as_deref().unwrap_or_default());
        (Rich::plain(format!("{open}{text}{close}"), at), Rich::plain(text, at))
    });
    let mut name = plain.clone();
    name.extend(also.iter().flat_map(|(bracketed, _)| [(&joint, TextRole::Note), (bracketed, TextRole::Note)]));
    name.extend(noted.iter().copied());
    plain.extend(noted.iter().copied());
    let bound = Rich::plain("\u{a0}", at);
    // where most amounts are missing the given ones are nothing special, unless the theme marks them by weight
    let amount_role = if few && parts.cue == CueStyle::Accent { TextRole::Name } else { TextRole::Amount };
    let mut whole: Vec<(&Rich, TextRole)> = Vec::new();
    if measured {
        whole.extend([(&amount, amount_role), (&bound, TextRole::Name)]);
    }
    whole.extend(name.iter().copied());
    // number and unit apart are wanted by themes that have a track for each
    let triple = parts.list == ListStyle::Triple;
    let mut apart = |rich: &Rich, role| if triple { s.para(&[(rich, role)]) } else { Para::default() };
    ItemMaterial {
        number: apart(&number, TextRole::Amount),
        unit: apart(&unit, TextRole::Unit),
        amount: s.para(&[(&amount, TextRole::Amount)]),
        whole: s.para(&whole),
        also: also.as_ref().map(|(_, amount)| (s.para(&[(amount, TextRole::Name)]), s.para(&plain))),
        name: s.para(&name),
        measured,
        row: content.batches.as_ref().zip(i.row.as_ref()).map(|(c, row)| RowMaterial::new(s, c, row, at)),
    }
}

/// "Contains milk. You need a wok."
fn needs(
    s: &mut Setter<'_, '_>,
    content: &Content,
    same: Option<&Rich>,
    [with_equipment, measures_at_foot]: [bool; 2],
) -> Option<Para> {
    let equipment = (with_equipment && !content.equipment.is_empty()).then(|| {
        let words: Vec<&str> = content.equipment.iter().map(|e| e.text.as_str()).collect();
        Rich::plain(
            s.locale.fill(Label::Equipment, &[("list", &words.join(s.locale.comma()))]),
            content.equipment[0].at,
        )
    });
    let space = Rich::plain(" ", NodeId(0));
    let mut parts: Vec<(&Rich, TextRole)> = Vec::new();
    let allergens = content.allergens.as_ref().map(|a| Rich::plain(a.text.clone(), a.at));
    if let Some(a) = &allergens {
        parts.push((a, TextRole::Allergen));
    }
    if let Some(e) = &equipment {
        if !parts.is_empty() {
            parts.push((&space, TextRole::Text));
        }
        parts.push((e, TextRole::Text));
    }
    let measures = content.measures.as_ref().filter(|_| !measures_at_foot);
    for note in content.figure_notes.iter().chain(same).chain(measures) {
        if !parts.is_empty() {
            parts.push((&space, TextRole::Text));
        }
        parts.push((note, TextRole::Note));
    }
    (!parts.is_empty()).then(|| s.para(&parts))
}

fn asides(s: &mut Setter<'_, '_>, content: &Content) -> Vec<AsideMaterial> {
    content
        .asides
        .iter()
        .map(|a| {
            let mut lead = a.label.clone();
            lead.push(". ", None);
            let whole = a
                .text
                .iter()
                .enumerate()
                .map(|(i, t)| {
                    if i == 0 {
                        s.para(&[(&lead, TextRole::StepTitle), (t, TextRole::Text)])
                    } else {
                        s.para(&[(t, TextRole::Text)])
                    }
                })
                .collect();
            AsideMaterial {
                icon: a.icon.clone(),
                label: s.para(&[(&a.label, TextRole::AsideLabel)]),
                text: a.text.iter().map(|t| s.para(&[(t, TextRole::Text)])).collect(),
                whole,
                kind: a.kind,
                name: a.label.text.clone(),
            }
        })
        .collect()
}

fn pairings(s: &mut Setter<'_, '_>, content: &Content) -> Vec<Para> {
    match &content.pairings {
        None => Vec::new(),
        Some(Pairings::Prose(blocks)) => {
            markdown::paragraphs(blocks).iter().map(|r| s.para(&[(r, TextRole::Text)])).collect()
        }
        Some(Pairings::List(list)) => {
            let names: Vec<Rich> = list.iter().map(|t| t.title.clone().unwrap_or_else(|| flat(&t.text))).collect();
            if s.theme.parts.pairings == PairingStyle::Lines {
                return names
                    .iter()
                    .map(|n| s.para(&[(&n.clone().capitalised(s.locale), TextRole::Pairing)]))
                    .collect();
            }
            let mut all = Rich::plain("", names.first().map_or(NodeId(0), |n| n.at));
            // names written small make a sentence; others stand side by side as they are
            let sentence = names.iter().skip(1).all(|n| n.text.chars().next().is_none_or(|c| !c.is_uppercase()))
                && !s.script.unicase;
            for (i, name) in names.iter().enumerate() {
                if i > 0 {
                    all.push(if sentence { ", " } else { "\u{a0}· " }, None);
                }
                all.append(&whole_name(&if i == 0 { name.clone().capitalised(s.locale) } else { name.clone() }));
            }
            if sentence {
                all.push(".", None);
            }
            vec![s.para(&[(&all, TextRole::Pairing)])]
        }
    }
}

/// Names of a few short words do not break.
fn whole_name(rich: &Rich) -> Rich {
    let mut out = rich.clone();
    if out.text.chars().count() <= 16 {
        let spaces: Vec<_> = out.text.match_indices(' ').map(|(i, _)| (i..i + 1, "\u{a0}".to_owned())).collect();
        out.replace(&spaces);
    }
    out
}

fn flat(blocks: &[crate::markdown::Block]) -> Rich {
    markdown::paragraphs(blocks).into_iter().next().unwrap_or_default()
}

fn source(content: &Content) -> Option<String> {
    let (name, url) = content.source.as_ref()?;
    let shown = name.as_ref().map(|n| n.text.clone()).or_else(|| url.clone())?;
    Some(content.locale.fill(Label::Source, &[("name", &shown)]))
}
