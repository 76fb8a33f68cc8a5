//! What templates see of a recipe: strings of finished XHTML, and lists of them. An absent thing is `none` or an empty list.

use super::html::{self, Links};
use super::{FileOf, Plan, data, picture_name};
use crate::content::{Content, ContentGroup, Item, Pairings, StepContent, Titled};
use crate::locale::{Label, Lang, Locale};
use crate::markdown::Block;
use crate::recipe::{Photo, Recipe};
use crate::rich::Rich;
use crate::xml::escape;
use minijinja::Value;
use serde::Serialize;

/// Titles longer than this are set smaller (book specification, 9).
const LONG_TITLE: usize = 45;
/// What a step uses stays in one piece up to so many characters: more may be wider than a small screen in large type.
const BOUND_USE: usize = 24;
/// Lists of up to so many ingredients stay on one screen.
const SHORT_LIST: usize = 8;

/// A page's language: attributes, and the way it runs.
pub(super) fn page_lang(lang: &Lang) -> String {
    let dir = if lang.direction() == crate::locale::Direction::Rtl { " dir=\"rtl\"" } else { "" };
    html::lang(lang) + dir
}

/// The class of a page's body: style sheets can't ask for its direction in a way that old engines know.
pub(super) fn page_class(lang: &Lang) -> &'static str {
    if lang.direction() == crate::locale::Direction::Rtl { " class=\"rtl\"" } else { "" }
}

/// Our own words in a language, escaped, by the keys of the locale files.
pub(super) fn words(locale: &Locale) -> Value {
    Label::ALL.iter().map(|l| (l.key(), escape(locale.label(*l)))).collect()
}

/// A text in a language of its own.
#[derive(Serialize)]
pub(super) struct Foreign {
    text: String,
    attributes: String,
}

#[derive(Serialize)]
pub(super) struct FactView {
    label: String,
    value: String,
}

#[derive(Serialize)]
pub(super) struct Picture {
    src: String,
    alt: String,
    credit: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Ingredients {
    name: Option<String>,
    short: bool,
    items: Vec<IngredientView>,
}

#[derive(Serialize)]
pub(super) struct IngredientView {
    amount: Option<String>,
    /// The same in another system of units.
    also: Option<String>,
    /// Whether the amount must stay in one piece.
    bound: bool,
    name: String,
    note: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Steps {
    name: Option<String>,
    start: usize,
    items: Vec<StepView>,
}

#[derive(Serialize)]
pub(super) struct StepView {
    number: usize,
    title: Option<String>,
    /// What it is the first to use, in one line.
    uses: Option<String>,
    /// The same as a list, where a template may ask for it.
    amounts: Vec<IngredientView>,
    /// "Step 2 of 6", where a template may ask for it.
    of: String,
    paragraphs: Vec<String>,
    tip: Vec<String>,
    picture: Option<Picture>,
}

#[derive(Serialize)]
pub(super) struct Pair {
    title: Option<String>,
    text: String,
}

#[derive(Serialize)]
pub(super) struct Nutrition {
    title: String,
    facts: Vec<FactView>,
}

#[derive(Serialize)]
pub(super) struct Entry {
    pub(super) href: String,
    pub(super) title: String,
    /// Attributes that name its language, where it is not that of the page.
    pub(super) attributes: String,
}

/// A recipe's chapter.
#[derive(Serialize)]
pub(super) struct RecipeView {
    page_lang: String,
    page_class: &'static str,
    words: Value,
    /// The recipe as JSON-LD, fit for a script element.
    data: Option<String>,
    style: &'static str,
    /// The style sheet for fonts, if there is one.
    fonts: Option<&'static str>,
    title: String,
    title_text: String,
    long: bool,
    kicker: Vec<String>,
    native: Option<Foreign>,
    subtitle: Option<String>,
    facts: Vec<FactView>,
    picture: Option<Picture>,
    summary: Vec<String>,
    story: String,
    why: String,
    equipment: Option<String>,
    ingredients: Vec<Ingredients>,
    few_quantities: bool,
    figure_notes: Vec<String>,
    notes: Vec<Pair>,
    steps: Vec<Steps>,
    variations: Vec<Pair>,
    pairings: Option<String>,
    pairing_list: Vec<Pair>,
    tips: Vec<Pair>,
    storage: String,
    questions: Vec<Pair>,
    nutrition: Option<Nutrition>,
    allergens: Option<String>,
    sections: Vec<Pair>,
    conclusion: String,
    tags: Vec<String>,
    source: Option<String>,
    author: Option<String>,
    /// Its own file.
    file: String,
    /// Its file with a step a screen.
    cook: Option<String>,
    used_in: Vec<Entry>,
    goes_with: Vec<Entry>,
    more_with: Vec<Entry>,
    step_count: usize,
}

/// What leads from a recipe to the rest of the book.
pub(super) struct Around {
    /// The file with a step a screen.
    pub(super) cook: Option<String>,
    /// Recipes that use it.
    pub(super) used_in: Vec<Entry>,
    /// Recipes that say they go with it.
    pub(super) goes_with: Vec<Entry>,
    /// Entries of the index under which its ingredients stand.
    pub(super) more_with: Vec<Entry>,
}

impl RecipeView {
    /// Sets the recipe in its place in the book.
    pub(super) fn place(&mut self, file: &str, around: Around) {
        self.file = file.to_owned();
        self.cook = around.cook;
        self.used_in = around.used_in;
        self.goes_with = around.goes_with;
        self.more_with = around.more_with;
    }
}

/// "Step 2 of 6", with the number set off.
fn step_of(c: &Content, number: usize) -> String {
    let all: usize = c.steps.iter().map(|g| g.items.len()).sum();
    let words = c.locale.fill(Label::StepOf, &[("n", "\u{e000}"), ("all", &all.to_string())]);
    escape(&words).replace('\u{e000}', &format!("<b>{number}</b>"))
}

/// What a view is made with.
pub(super) struct Viewer<'a> {
    pub(super) links: Links<'a>,
    pub(super) files: &'a FileOf,
    pub(super) words: Value,
    /// Authors of the book; a recipe of theirs does not name them again.
    pub(super) authors: &'a [String],
    /// What the book is to hold.
    pub(super) plan: Plan,
    /// The style sheet for fonts, if there is one.
    pub(super) fonts: Option<&'static str>,
    /// Whether steps may fill screens of their own.
    pub(super) screens: bool,
}

impl Viewer<'_> {
    pub(super) fn recipe(&self, recipe: &Recipe, c: &Content) -> RecipeView {
        let inline = |r: &Rich| html::inline(r, self.links);
        let lines = |all: &[Rich]| all.iter().map(inline).collect::<Vec<_>>();
        let blocks = |all: &[Block]| html::blocks(all, 3, self.links);
        let (pairings, pairing_list) = match &c.pairings {
            None => (None, Vec::new()),
            Some(Pairings::Prose(b)) => (Some(self.stand(b)), Vec::new()),
            Some(Pairings::List(list)) => (None, self.titled(list)),
        };
        RecipeView {
            page_lang: page_lang(&c.lang),
            page_class: page_class(&c.lang),
            words: self.words.clone(),
            data: self.plan.data.then(|| data::json(recipe, c, self.plan.pictures)),
            style: super::STYLE,
            fonts: self.fonts,
            title: inline(&c.title),
            title_text: html::plain(&c.title),
            long: c.title.text.chars().count() > LONG_TITLE,
            kicker: c.kicker.iter().chain(&c.diets).map(|r| inline(&r.clone().capitalised(c.locale))).collect(),
            native: c
                .native_title
                .as_ref()
                .map(|(t, l)| Foreign { text: inline(t), attributes: l.as_ref().map(html::lang).unwrap_or_default() }),
            subtitle: c.subtitle.as_ref().map(inline),
            facts: self.facts(c),
            picture: c.photo.as_ref().and_then(|p| self.picture(c, p, None)),
            summary: crate::markdown::paragraphs(&c.summary).iter().map(inline).collect(),
            story: blocks(&c.story),
            why: blocks(&c.why),
            equipment: (!c.equipment.is_empty()).then(|| {
                let all: Vec<&str> = c.equipment.iter().map(|e| e.text.as_str()).collect();
                escape(&c.locale.fill(Label::Equipment, &[("list", &c.locale.list(&all))]))
            }),
            ingredients: c.ingredients.iter().filter(|g| !g.items.is_empty()).map(|g| self.ingredients(g)).collect(),
            few_quantities: c.few_quantities,
            figure_notes: c.figure_notes.iter().chain(&c.measures).map(inline).collect(),
            notes: self.pairs(&c.ingredient_notes),
            steps: c.steps.iter().filter(|g| !g.items.is_empty()).map(|g| self.steps(c, g)).collect(),
            variations: self.titled(&c.variations),
            pairings,
            pairing_list,
            tips: self.titled(&c.tips),
            storage: blocks(&c.storage),
            questions: self.pairs(&c.faq),
            nutrition: c.nutrition.as_ref().map(|(per, facts)| Nutrition {
                title: per.as_ref().map_or_else(
                    || escape(c.locale.label(Label::Nutrition)),
                    |p| escape(&c.locale.fill(Label::Each, &[("per", &p.text)])),
                ),
                facts: facts.iter().map(|(k, v)| FactView { label: inline(k), value: inline(v) }).collect(),
            }),
            allergens: c.allergens.as_ref().map(inline),
            sections: c.sections.iter().map(|(t, b)| Pair { title: Some(inline(t)), text: blocks(b) }).collect(),
            conclusion: blocks(&c.conclusion),
            tags: lines(&c.tags),
            source: c.source.as_ref().map(|(name, url)| self.source(c, name.as_ref(), url.as_deref())),
            author: c
                .author
                .as_ref()
                .filter(|a| !self.authors.contains(&a.text))
                .map(|a| escape(&c.locale.fill(Label::By, &[("name", &a.text)]))),
            file: String::new(),
            cook: None,
            used_in: Vec::new(),
            goes_with: Vec::new(),
            more_with: Vec::new(),
            step_count: c.steps.iter().map(|g| g.items.len()).sum(),
        }
    }

    fn facts(&self, c: &Content) -> Vec<FactView> {
        let fact = |label: &Rich, value: &Rich| FactView {
            label: html::inline(label, self.links),
            value: html::inline(value, self.links),
        };
        let mut out: Vec<FactView> = c.facts.iter().chain(&c.oven).map(|f| fact(&f.label, &f.value)).collect();
        if let Some(d) = &c.difficulty {
            out.push(fact(&Rich::plain(c.locale.label(Label::Difficulty), d.at), d));
        }
        out
    }

    fn picture(&self, c: &Content, photo: &Photo, step: Option<usize>) -> Option<Picture> {
        if !self.plan.pictures {
            return None;
        }
        let alt = photo.alt.as_ref().map_or_else(
            || match step.and_then(|n| c.steps.iter().flat_map(|g| &g.items).find(|s| s.number == n)) {
                Some(StepContent { title: Some(t), .. }) => t.text.clone(),
                _ => c.title.text.clone(),
            },
            |a| a.trimmed().to_owned(),
        );
        let credit =
            photo.credit.as_ref().map(|name| escape(&c.locale.fill(Label::Credit, &[("name", name.trimmed())])));
        Some(Picture { src: picture_name(&c.slug, step), alt: escape(&alt), credit })
    }

    fn ingredients(&self, group: &ContentGroup<Item>) -> Ingredients {
        Ingredients {
            name: group.name.as_ref().map(|n| html::inline(n, self.links)),
            short: group.items.len() <= SHORT_LIST,
            items: group.items.iter().map(|i| self.ingredient(i)).collect(),
        }
    }

    fn ingredient(&self, item: &Item) -> IngredientView {
        let amount = item.number.as_ref().map(|n| match &item.unit {
            Some(u) => format!("{n}\u{a0}{u}"),
            None => n.clone(),
        });
        let also = item.also.as_ref().map(|(n, u)| {
            let also = u.as_ref().map_or_else(|| n.clone(), |u| format!("{n}\u{a0}{u}"));
            html::text(&also, self.links)
        });
        let name = html::inline(&item.name, self.links);
        let name = match item.recipe.as_ref().and_then(|slug| self.files.get(slug)) {
            // a link inside the name would nest
            Some(file) if !name.contains("<a ") => format!("<a href=\"{file}\">{name}</a>"),
            _ => name,
        };
        IngredientView {
            bound: amount.as_ref().is_some_and(|a| a.chars().count() <= 20),
            amount: amount.map(|a| html::text(&a, self.links)),
            also,
            name,
            note: item.note.as_ref().map(|n| html::inline(n, self.links)),
        }
    }

    fn steps(&self, c: &Content, group: &ContentGroup<StepContent>) -> Steps {
        Steps {
            name: group.name.as_ref().map(|n| html::inline(n, self.links)),
            start: group.items.first().map_or(1, |s| s.number),
            items: group.items.iter().map(|s| self.step(c, s)).collect(),
        }
    }

    fn step(&self, c: &Content, s: &StepContent) -> StepView {
        StepView {
            number: s.number,
            title: s.title.as_ref().map(|t| html::inline(t, self.links)),
            uses: self.uses(c, s),
            amounts: if self.screens { s.uses.iter().map(|i| self.ingredient(i)).collect() } else { Vec::new() },
            of: if self.screens { step_of(c, s.number) } else { String::new() },
            paragraphs: s.paragraphs(c.locale, [true, true]).iter().map(|r| html::inline(r, self.links)).collect(),
            tip: s.tip.iter().map(|r| html::inline(r, self.links)).collect(),
            picture: s.photo.as_ref().and_then(|p| self.picture(c, p, Some(s.number))),
        }
    }

    /// What a step uses, each with its amount in one piece.
    fn uses(&self, c: &Content, s: &StepContent) -> Option<String> {
        let one = |i: &Item| {
            let v = self.ingredient(i);
            let also = v.also.map(|a| format!("({a}) ")).unwrap_or_default();
            let amount = v.amount.map(|a| format!("{a} {also}")).unwrap_or_default();
            let note = v.note.map(|n| format!(" ({n})")).unwrap_or_default();
            let length: usize =
                [&i.number, &i.unit].into_iter().flatten().map(|t| t.chars().count() + 1).sum::<usize>()
                    + i.name.text.chars().count()
                    + i.note.as_ref().map_or(0, |n| n.text.chars().count() + 3);
            let whole = format!("{amount}{}{note}", v.name);
            if length <= BOUND_USE { format!("<span class=\"nb\">{whole}</span>") } else { whole }
        };
        let all: Vec<String> = s.uses.iter().map(one).collect();
        (!all.is_empty()).then(|| all.join(c.locale.comma()))
    }

    fn pairs(&self, all: &[(Rich, Vec<Block>)]) -> Vec<Pair> {
        all.iter()
            .map(|(t, b)| Pair { title: Some(html::inline(t, self.links)), text: html::flowing(b, 3, self.links) })
            .collect()
    }

    fn titled(&self, all: &[Titled]) -> Vec<Pair> {
        all.iter()
            .map(|t| Pair {
                title: t.title.as_ref().map(|t| html::inline(t, self.links)),
                text: if t.title.is_some() {
                    html::flowing(&t.text, 3, self.links)
                } else {
                    html::blocks(&t.text, 3, self.links)
                },
            })
            .collect()
    }

    /// Prose whose paragraphs stand out.
    fn stand(&self, all: &[Block]) -> String {
        match all {
            [Block::Para(r)] => format!("<p class=\"stand\">{}</p>\n", html::inline(r, self.links)),
            _ => html::blocks(all, 3, self.links),
        }
    }

    fn source(&self, c: &Content, name: Option<&Rich>, url: Option<&str>) -> String {
        let link = url.and_then(html::address);
        let shown = match (name, url) {
            (Some(n), _) => html::inline(n, self.links),
            (None, Some(u)) => escape(u),
            (None, None) => String::new(),
        };
        let shown = match (link, url) {
            (Some(href), _) if !shown.contains("<a ") => format!("<a href=\"{href}\">{shown}</a>"),
            (None, Some(url)) if name.is_some() => format!("{shown}, {}", escape(url)),
            _ => shown,
        };
        // the sentence is escaped around the name, which is markup already
        escape(&c.locale.fill(Label::Source, &[("name", "\u{e000}")])).replace('\u{e000}', &shown)
    }
}
