//! The indexes of a book as pages: which files they take, what stands in each.

use super::view::Entry as Line;
use super::{FileOf, html};
use crate::content;
use crate::cookbook::{Cookbook, Entry};
use crate::index::{self, Finder, Kind, List};
use crate::locale::{Label, Lang, locale};
use crate::typo::{Medium, refined};
use crate::xml::escape;
use minijinja::{Value, context};
use rayon::prelude::*;
use std::ops::Range;

/// Bytes of a page that old readers still open quickly. A longer index goes on in a second file.
const PAGE: usize = 200_000;
/// Bytes of a page before its first heading, with links to thirty letters.
const HEAD: usize = 2_000;
/// Bytes around a link, around the total time beside it, around a name with links under it, and around a heading.
const LINK: usize = "<li></li>\n".len();
const TIME: usize = ", <span class=\"nb\"></span>".len();
const NAME: usize = "<li class=\"keep\"><span class=\"form\"></span>\n<ul role=\"list\">\n</ul></li>\n".len();
const HEADING: usize = "<h2 class=\"group\"></h2>\n<ul role=\"list\" class=\"ix keep\">\n</ul>\n".len();
/// So many ingredients of a recipe at most are pointed out in the index.
const MORE_WITH: usize = 4;
/// An entry of up to so many lines stays on one screen (book specification, 7).
const KEPT: usize = 10;

/// Lines under one heading of a list.
#[derive(Debug, Clone)]
struct Section {
    list: List,
    /// The number of the heading.
    group: usize,
    /// Numbers of its entries, or of its recipes.
    lines: Range<usize>,
    /// Which links of an entry that is too long for a page; of all others all.
    links: Range<usize>,
}

/// The links of an entry that stands on one page.
const ALL: Range<usize> = 0..usize::MAX;

impl Section {
    fn begins_group(&self) -> bool {
        self.lines.start == 0 && self.links.start == 0
    }
}

/// A part of an index that has a file of its own.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) file: String,
    pub(super) title: String,
    kind: Kind,
    sections: Vec<Section>,
}

/// All that leads from one recipe to others.
pub(super) struct Finding {
    pub(super) finder: Finder,
    pub(super) pages: Vec<Page>,
    /// For every letter of the index of ingredients how many recipes each of its entries has.
    counts: Vec<Vec<usize>>,
    /// A link to each recipe, by its short name.
    links: Vec<Value>,
    /// The total time of each recipe.
    totals: Vec<Option<String>>,
    lang: Lang,
}

impl Finding {
    /// The indexes that `cookbook.yaml` asks for; all of them in a book of more than a handful.
    pub(super) fn new(cookbook: &Cookbook<Entry>, lang: &Lang, files: &FileOf) -> Finding {
        let info = &cookbook.info;
        let wanted = Kind::wanted(info.indexes.as_deref(), cookbook.recipes.len());
        let finder = Finder::new(&cookbook.recipes, lang, &wanted, &info.index_options);
        let shown = |e: &Entry| Some(Medium::Book.fit(&index::total(e)?.show(locale(lang))));
        let totals = cookbook.recipes.par_iter().map(shown).collect();
        let link = |e: &Entry| {
            let name = content::line(e.running_title(), &e.lang, Medium::Book);
            let attributes = if e.lang == *lang { String::new() } else { html::lang(&e.lang) };
            Value::from(format!("<a href=\"{}\"{attributes}>{}</a>", files[&e.slug], html::plain(&name)))
        };
        let links = cookbook.recipes.par_iter().map(link).collect();
        let of_letter = |l: &index::Letter| l.entries.iter().map(|e| e.all().len()).collect();
        let counts = finder.ingredients.letters.par_iter().map(of_letter).collect();
        let mut out = Finding { finder, pages: Vec::new(), counts, links, totals, lang: lang.clone() };
        for kind in wanted {
            out.add_pages(kind);
        }
        out
    }

    /// Cuts an index into pages; one without any entry has none.
    fn add_pages(&mut self, kind: Kind) {
        let name = Kind::ALL.iter().find(|(_, k)| *k == kind).map_or("", |(name, _)| *name);
        let mut pages: Vec<Vec<Section>> = Vec::new();
        let mut size = PAGE;
        for list in kind.lists() {
            for group in 0..self.groups(*list) {
                let sizes = self.sizes(*list, group);
                let whole = HEADING + sizes.iter().sum::<usize>();
                // a group that would fit on a page is not cut; one that would not begins a page
                if size + whole > PAGE {
                    size = PAGE;
                }
                for (line, own) in sizes.into_iter().enumerate() {
                    let section = |links| Section { list: *list, group, lines: line..line + 1, links };
                    if *list == List::Ingredients && HEAD + HEADING + own > PAGE {
                        let entry = &self.finder.ingredients.letters[group].entries[line];
                        pages.extend(self.cut(entry, own).into_iter().map(|links| vec![section(links)]));
                        size = PAGE;
                        continue;
                    }
                    if size + own > PAGE {
                        pages.push(Vec::new());
                        size = HEAD + HEADING;
                    }
                    size += own;
                    let Some(page) = pages.last_mut() else { continue };
                    match page.last_mut() {
                        Some(s) if s.list == *list && s.group == group => s.lines.end = line + 1,
                        _ => page.push(section(ALL)),
                    }
                }
            }
        }
        let several = pages.len() > 1;
        for (n, sections) in pages.into_iter().enumerate() {
            let number = if n == 0 { String::new() } else { format!("-{}", n + 1) };
            let title = self.title(kind) + &if several { self.span(&sections, n + 1) } else { String::new() };
            self.pages.push(Page { file: format!("index-{name}{number}.xhtml"), title, kind, sections });
        }
    }

    fn groups(&self, list: List) -> usize {
        if list == List::Ingredients { self.finder.ingredients.letters.len() } else { self.finder.groups(list).len() }
    }

    /// About how many bytes each line of a group takes.
    fn sizes(&self, list: List, group: usize) -> Vec<usize> {
        let time = |i: usize| self.totals[i].as_ref().filter(|_| list == List::Times).map_or(0, |t| TIME + t.len());
        if list != List::Ingredients {
            return self.finder.groups(list)[group].recipes.iter().map(|i| self.size(*i) + time(*i)).collect();
        }
        let entry = |e: &index::Entry| {
            let forms: usize = e.forms.iter().map(|(f, _)| NAME + f.len()).sum();
            let see = e.see.as_ref().map_or(0, String::len);
            NAME + e.name.len() + see + forms + e.listed().map(|i| self.size(i)).sum::<usize>()
        };
        self.finder.ingredients.letters[group].entries.iter().map(entry).collect()
    }

    /// About how many bytes a link takes.
    fn size(&self, recipe: usize) -> usize {
        LINK + self.links[recipe].as_str().map_or(0, str::len)
    }

    /// Cuts the links of an entry of so many bytes into as many as pages hold, about the same number of bytes each.
    fn cut(&self, entry: &index::Entry, bytes: usize) -> Vec<Range<usize>> {
        let room = PAGE - HEAD - HEADING;
        let most = bytes.div_ceil(bytes.div_ceil(room - room / 50));
        let mut sizes: Vec<usize> = entry.listed().map(|i| self.size(i)).collect();
        let mut begin = entry.recipes.len();
        for (form, recipes) in &entry.forms {
            sizes.get_mut(begin).into_iter().for_each(|s| *s += NAME + form.len());
            begin += recipes.len();
        }
        let mut out: Vec<Range<usize>> = Vec::new();
        let mut size = 0;
        for (n, own) in sizes.into_iter().enumerate() {
            match out.last_mut() {
                Some(last) if size < most => last.end = n + 1,
                _ => {
                    out.push(n..n + 1);
                    size = 0;
                }
            }
            size += own;
        }
        out
    }

    fn title(&self, kind: Kind) -> String {
        let label = match kind {
            Kind::Ingredients => Label::Ingredients,
            Kind::Time => Label::ByTime,
            Kind::Diets if self.finder.allergens.groups.is_empty() => Label::ByDiet,
            Kind::Diets if self.finder.diets.groups.is_empty() => Label::Allergens,
            Kind::Diets => Label::DietsAllergens,
            Kind::Tags => Label::ByTag,
        };
        locale(&self.lang).label(label).to_owned()
    }

    /// What a page of several holds: its letters, else its number.
    fn span(&self, sections: &[Section], number: usize) -> String {
        let letter = |s: &Section| self.finder.ingredients.letters.get(s.group).map(|l| l.heading.as_str());
        match (sections.first(), sections.last()) {
            (Some(a), Some(b)) if a.list == List::Ingredients => {
                let (a, b) = (letter(a).unwrap_or_default(), letter(b).unwrap_or_default());
                if a == b { format!(" {a}") } else { format!(" {a}–{b}") }
            }
            _ => format!(" ({number})"),
        }
    }

    /// What the template of a page sees.
    pub(super) fn view(&self, page: &Page) -> Value {
        let several = page.sections.iter().any(|s| s.list != page.sections[0].list);
        let mut lists: Vec<Value> = Vec::new();
        for of_list in page.sections.chunk_by(|a, b| a.list == b.list) {
            let list = of_list[0].list;
            let title = match list {
                List::Diets => Some(Label::ByDiet),
                List::Allergens => Some(Label::Allergens),
                _ => None,
            };
            let title = title.filter(|_| several).map(|l| escape(locale(&self.lang).label(l)));
            let groups: Vec<Value> = of_list.iter().map(|s| self.section(s)).collect();
            lists.push(context! { title => title, groups => groups });
        }
        let strip = if page.kind == Kind::Ingredients { self.strip(page) } else { Vec::new() };
        context! { strip => strip, lists => lists }
    }

    fn section(&self, s: &Section) -> Value {
        if s.list == List::Ingredients {
            let letter = &self.finder.ingredients.letters[s.group];
            let entries: Vec<Value> = letter.entries[s.lines.clone()].iter().map(|e| self.entry(e, &s.links)).collect();
            let id = s.begins_group().then(|| letter_id(&letter.heading, s.group));
            return context! { heading => escape(&letter.heading), id => id, letter => true, attributes => "", entries => entries };
        }
        let group = &self.finder.groups(s.list)[s.group];
        let line = |i: &usize| {
            let time = self.totals[*i].as_deref().filter(|_| s.list == List::Times);
            context! { link => self.links[*i], time => time.map(escape) }
        };
        let recipes: Vec<Value> = group.recipes[s.lines.clone()].iter().map(line).collect();
        context! {
            heading => self.name(&group.heading, group.lang.as_ref()),
            attributes => group.lang.as_ref().map(html::lang).unwrap_or_default(),
            id => None::<String>,
            letter => false,
            keep => recipes.len() < KEPT,
            recipes => recipes,
        }
    }

    fn name(&self, name: &str, lang: Option<&Lang>) -> String {
        escape(&refined(name, locale(lang.unwrap_or(&self.lang)), Medium::Book))
    }

    /// An entry with some of its links.
    fn entry(&self, e: &index::Entry, wanted: &Range<usize>) -> Value {
        let mut end = 0;
        let mut links = |all: &[usize]| -> Vec<Value> {
            let begin = end;
            end += all.len();
            let here = wanted.start.clamp(begin, end) - begin..wanted.end.clamp(begin, end) - begin;
            all[here].iter().map(|i| self.links[*i].clone()).collect()
        };
        let recipes = links(&e.recipes);
        let mut lines = recipes.len();
        let mut forms: Vec<Value> = Vec::new();
        for (form, recipes) in e.forms.iter().map(|(form, all)| (form, links(all))).filter(|(_, r)| !r.is_empty()) {
            lines += recipes.len() + 1;
            let keep = recipes.len() < KEPT;
            forms.push(context! { name => self.name(form, e.lang.as_ref()), recipes => recipes, keep => keep });
        }
        context! {
            name => self.name(&e.name, e.lang.as_ref()),
            attributes => e.lang.as_ref().map(html::lang).unwrap_or_default(),
            see => e.see.as_ref().map(|s| self.name(s, e.lang.as_ref())),
            recipes => recipes,
            forms => forms,
            keep => lines < KEPT,
        }
    }

    /// Links to all letters, on whatever page they stand.
    fn strip(&self, page: &Page) -> Vec<Value> {
        let letters = self.finder.ingredients.letters.iter().enumerate();
        letters
            .map(|(n, letter)| {
                let href = self.letter_href(n, Some(&page.file)).unwrap_or_default();
                context! { letter => escape(&letter.heading), href => href }
            })
            .collect()
    }

    /// Links to the entries of a recipe's ingredients under which other recipes stand too: those with the fewest, for they tell most.
    pub(super) fn more_with(&self, recipe: usize) -> Vec<Line> {
        let entry = |(l, e): (usize, usize)| &self.finder.ingredients.letters[l].entries[e];
        let mut shared: Vec<(usize, usize, usize)> = self.finder.entries_of[recipe]
            .iter()
            .map(|(l, e)| (self.counts[*l][*e], *l, *e))
            .filter(|(count, ..)| *count > 1)
            .collect();
        shared.sort_unstable();
        shared.truncate(MORE_WITH);
        shared.sort_unstable_by_key(|(_, l, e)| (*l, *e));
        let line = |(_, l, e): (usize, usize, usize)| {
            let e = entry((l, e));
            Some(Line {
                href: self.letter_href(l, None)?,
                title: self.name(&e.name, e.lang.as_ref()),
                attributes: e.lang.as_ref().map(html::lang).unwrap_or_default(),
            })
        };
        shared.into_iter().filter_map(line).collect()
    }

    /// The address of a letter of the index of ingredients, as seen from a file.
    pub(super) fn letter_href(&self, letter: usize, from: Option<&str>) -> Option<String> {
        let begins = |s: &Section| s.list == List::Ingredients && s.group == letter && s.begins_group();
        let page = self.pages.iter().find(|p| p.sections.iter().any(begins))?;
        let id = letter_id(&self.finder.ingredients.letters[letter].heading, letter);
        Some(if Some(page.file.as_str()) == from { format!("#{id}") } else { format!("{}#{id}", page.file) })
    }
}

/// Whether a book has more recipes than one finds by its contents alone.
pub(super) fn is_large(cookbook: &Cookbook<Entry>) -> bool {
    cookbook.recipes.len() > index::HANDFUL
}

fn letter_id(heading: &str, number: usize) -> String {
    let plain = heading.chars().all(|c| c.is_ascii_alphabetic());
    if plain { heading.to_ascii_lowercase() } else { format!("n{}", number + 1) }
}
