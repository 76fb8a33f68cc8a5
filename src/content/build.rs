//! From the model to finished text.

use super::setter::{Setter, heading};
use super::{Aside, AsideKind, Content, ContentGroup, Fact, Pairings, Titled, batches, figures, list, steps};
use crate::locale::{Label, locale};
use crate::markdown;
use crate::quantity::Amount;
use crate::recipe::{Entries, Prose, Recipe, Section, Text, Yield};
use crate::rich::{Mark, Rich};
use crate::typo::Medium;

/// The content of a recipe for a medium, whole.
pub fn build(recipe: &Recipe, medium: Medium) -> Content {
    with(recipe, medium, &|_| true)
}

/// The content of a recipe for its card. Of what cards don't show by themselves it has those sections that are to be included, among
/// its tips: most words of a recipe are for a book.
pub fn for_card(recipe: &Recipe, include: &[Section]) -> Content {
    let mut content = with(recipe, Medium::Print, &|section| include.contains(&section));
    include.iter().for_each(|section| content.include(*section));
    content
}

/// The content with the sections of a book that are wanted.
fn with(recipe: &Recipe, medium: Medium, wanted: &dyn Fn(Section) -> bool) -> Content {
    let locale = locale(&recipe.lang);
    // a book can be read with other figures at hand; what is laminated can not
    let batches = medium == Medium::Print && recipe.figures.columns.is_some();
    let stars = batches || recipe.figures.leave_text_behind();
    let s = Setter { locale, medium, stars, units: recipe.figures.units.as_ref(), batches };
    let lines = |texts: &[Text]| texts.iter().map(|t| s.line(t)).collect::<Vec<_>>();
    let prose = |section, prose: &Option<Prose>| s.blocks(prose.as_ref().filter(|_| wanted(section)));
    let pairs = |section, list: &[(Text, Prose)]| {
        let list = list.iter().filter(|_| wanted(section));
        list.map(|(h, p)| (s.line(h), s.added(s.blocks(Some(p))))).collect::<Vec<_>>()
    };
    let titled = |section, entries| if wanted(section) { s.added_titles(s.titled(entries)) } else { Vec::new() };
    let tool = |t: &Text| {
        let mut tool = s.line(t);
        s.add(&mut tool, "");
        tool
    };
    let ingredients = recipe
        .ingredients
        .iter()
        .map(|g| ContentGroup {
            name: g.name.as_ref().map(|n| heading(&s, n)),
            items: g.items.iter().map(|i| list::item(&s, i)).collect(),
        })
        .collect::<Vec<_>>();
    let steps = steps::steps(&s, recipe, &ingredients);
    let asides = asides(&s, recipe);
    let tips = s.starred_titles(titled(Section::Tips, &recipe.tips));
    let (oven, worked_out) = figures::oven(&s, recipe);
    let figure_notes = figures::notes(&s, recipe, &ingredients, &steps, &asides);
    Content {
        slug: recipe.slug.clone(),
        file: recipe.file,
        lang: recipe.lang.clone(),
        locale,
        kicker: list::kicker_words(recipe).into_iter().map(|t| s.line(t)).collect(),
        title: s.line(&recipe.title),
        running_title: s.line(recipe.running_title()),
        subtitle: recipe.subtitle.as_ref().map(|t| s.line(t)),
        native_title: recipe.native_title.as_ref().map(|(t, l)| (s.line(t), l.clone())),
        summary: prose(Section::Summary, &recipe.summary),
        facts: facts(&s, recipe),
        oven,
        worked_out,
        columns: figures::columns(&s, recipe),
        difficulty: recipe.difficulty.as_ref().map(|t| s.line(t)),
        diets: lines(&recipe.diets),
        tags: lines(&recipe.tags),
        author: recipe.author.as_ref().map(|t| s.line(t)),
        source: recipe
            .source
            .as_ref()
            .map(|c| (c.name.as_ref().map(|n| s.line(n)), c.url.as_ref().map(|u| u.trimmed().to_owned()))),
        photo: recipe.photo.clone(),
        code: None,
        equipment: recipe.equipment.iter().map(tool).collect(),
        allergens: list::allergens(&s, recipe),
        few_quantities: list::few_quantities(recipe),
        ingredients,
        steps,
        asides,
        pairings: pairings(&s, &recipe.pairings),
        story: prose(Section::Story, &recipe.story),
        why: prose(Section::Why, &recipe.why_i_love_it),
        ingredient_notes: pairs(Section::IngredientNotes, &recipe.ingredient_notes),
        variations: titled(Section::Variations, &recipe.variations),
        storage: s.added(prose(Section::Storage, &recipe.storage)),
        tips,
        faq: pairs(Section::Faq, &recipe.faq),
        nutrition: recipe.nutrition.as_ref().filter(|_| wanted(Section::Nutrition)).map(|n| {
            let facts = n.facts.iter().map(|(k, v)| (s.line(k).capitalised(s.locale), s.line(v))).collect();
            (n.per.as_ref().map(|p| s.line(p)), facts)
        }),
        conclusion: prose(Section::Conclusion, &recipe.conclusion),
        sections: pairs(Section::Sections, &recipe.sections),
        figure_notes,
        measures: figures::measures(&s, recipe),
        batches: batches::columns(&s, recipe),
    }
}

fn facts(s: &Setter, recipe: &Recipe) -> Vec<Fact> {
    // what every batch makes stands under the columns
    let in_columns = s.batches && recipe.figures.columns.as_ref().is_some_and(|c| c.makes.is_some());
    let mut out: Vec<Fact> = recipe.yields.iter().filter(|_| !in_columns).map(|y| yield_fact(s, y)).collect();
    out.extend(figures::scaled(s, recipe));
    let total = |k: &crate::recipe::TimeKind| *k == crate::recipe::TimeKind::Known(Label::Total);
    // the total comes last, whatever the file's order
    for fact in recipe.times.iter().filter(|t| !total(&t.kind)).chain(recipe.times.iter().filter(|t| total(&t.kind))) {
        let value = s.medium.fitted(fact.time.show(s.locale));
        out.push(Fact { label: Rich::plain(fact.kind.show(s.locale), fact.at), value: Rich::plain(value, fact.at) });
    }
    out
}

pub(super) fn yield_fact(s: &Setter, y: &Yield) -> Fact {
    let amount = y.amount.as_ref().map(|a| match a {
        Amount::Measured(m) => s.medium.fitted(m.show(s.locale)),
        Amount::Words(w) => w.clone(),
    });
    let (label, text) = match (&amount, &y.of) {
        (Some(a), None) => (Label::Serves, a.clone()),
        (Some(a), Some(of)) => (Label::Makes, format!("{a} {}", of.trimmed())),
        (None, Some(of)) => (Label::Makes, of.trimmed().to_owned()),
        (None, None) => (Label::Serves, String::new()),
    };
    let mut value = s.rich(Rich::plain(text, y.at));
    s.add(&mut value, "");
    Fact { label: s.label(label, y.at), value }
}

/// Tips for the card: each with a heading and an icon.
fn asides(s: &Setter, recipe: &Recipe) -> Vec<Aside> {
    let mut out = Vec::new();
    let entries: Vec<(Option<Rich>, Vec<Rich>)> = match &recipe.tips {
        Entries::None => Vec::new(),
        Entries::Prose(p) => markdown::paragraphs(&s.blocks(Some(p))).into_iter().map(|r| led(&[r])).collect(),
        Entries::List(list) => list
            .iter()
            .map(|e| {
                let text = markdown::paragraphs(&s.blocks(e.text.as_ref()));
                match &e.title {
                    Some(title) => (Some(heading(s, title)), text),
                    None => led(&text),
                }
            })
            .collect(),
    };
    for (label, text) in entries {
        let at = text.first().map_or(Default::default(), |r| r.at);
        let label = label.unwrap_or_else(|| s.label(Label::Tip, at));
        let icon = s.locale.icon(&label.text).unwrap_or("tip").to_owned();
        out.push(Aside { label, icon, text, kind: AsideKind::Tip });
    }
    if let Some(storage) = &recipe.storage {
        let text = markdown::paragraphs(&s.blocks(Some(storage)));
        out.push(Aside {
            label: s.label(Label::Keeps, storage.at),
            icon: "cold".into(),
            text,
            kind: AsideKind::Storage,
        });
    }
    for aside in &mut out {
        for rich in &mut aside.text {
            s.add(rich, "");
            steps::emphasise(rich, s.locale);
            s.star(rich);
        }
    }
    out
}

/// A bold beginning is the heading of a tip: `**Ahead.** Marinate …`.
fn led(text: &[Rich]) -> (Option<Rich>, Vec<Rich>) {
    let mut text = text.to_vec();
    let Some(first) = text.first_mut() else { return (None, text) };
    let lead = first.marks.iter().find(|(r, m)| r.start == 0 && *m == Mark::Strong).map(|(r, _)| r.end);
    let Some(end) = lead.filter(|e| *e < first.text.len() && first.text[..*e].chars().count() <= 40) else {
        return (None, text);
    };
    let heading = first.text[..end].trim().trim_end_matches(['.', ':', '：']).trim().to_owned();
    let label = Rich::plain(heading, first.at);
    let rest = first.text[end..].trim_start_matches([':', '.', ' ', '\u{a0}']).len();
    let cut = first.text.len() - rest;
    first.marks.retain(|(r, _)| r.start >= cut);
    for (r, _) in &mut first.marks {
        *r = r.start - cut..r.end - cut;
    }
    first.text.drain(..cut);
    (Some(label), text)
}

fn pairings(s: &Setter, entries: &Entries) -> Option<Pairings> {
    match entries {
        Entries::None => None,
        Entries::Prose(p) => Some(Pairings::Prose(s.blocks(Some(p)))),
        Entries::List(list) => Some(Pairings::List(
            list.iter()
                .map(|e| match (&e.title, &e.text) {
                    (Some(title), text) => Titled { title: Some(s.line(title)), text: s.blocks(text.as_ref()) },
                    (None, Some(text)) => short_or_prose(s, text),
                    (None, None) => Titled { title: None, text: Vec::new() },
                })
                .collect(),
        )),
    }
}

/// A string in the list is a name when it is short, and prose when it is not.
fn short_or_prose(s: &Setter, prose: &Prose) -> Titled {
    let blocks = s.blocks(Some(prose));
    match markdown::paragraphs(&blocks).as_slice() {
        [one] if one.text.chars().count() <= 60 => Titled { title: Some(one.clone()), text: Vec::new() },
        _ => Titled { title: None, text: blocks },
    }
}
