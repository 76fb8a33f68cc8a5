//! The base form of an ingredient's name: what an index calls it.

use super::Words;
use super::stem::tokens;

/// An entry of an index that an ingredient belongs under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The entry.
    pub name: String,
    /// The form it takes.
    pub form: Option<String>,
    /// What other spellings of the entry share.
    pub key: String,
    /// Whether the recipe says so itself.
    pub explicit: bool,
}

/// The words by which a step may call an ingredient, as stems.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    /// Those that must be there.
    pub head: Vec<String>,
    /// Those that tell it from others with the same head.
    pub more: Vec<String>,
    /// Whether one of `more` may stand for it ("the thighs").
    pub by_part: bool,
}

/// A word of a name, with its spelling, folded, and its stem.
#[derive(Debug, Clone)]
struct Word {
    shown: String,
    folded: String,
    stem: String,
}

/// "chicken, thighs" as entry and form.
pub(super) fn entry_and_form(text: &str) -> (&str, Option<&str>) {
    match text.split_once([',', '，', '、']) {
        Some((entry, form)) => (entry.trim(), Some(form.trim()).filter(|f| !f.is_empty())),
        None => (text.trim(), None),
    }
}

impl Words {
    /// The entries for an `index:` of a recipe: "chicken, thighs"; several with semicolons between them.
    pub fn explicit(&self, text: &str) -> Vec<Term> {
        let entries = text.split([';', '；']).map(entry_and_form).filter(|(entry, _)| !entry.is_empty());
        entries
            .map(|(entry, form)| Term {
                name: entry.to_owned(),
                form: form.map(str::to_owned),
                key: self.key(entry),
                explicit: true,
            })
            .collect()
    }

    /// The entries for an ingredient's name.
    pub fn terms(&self, item: &str) -> Vec<Term> {
        let mut out: Vec<Term> = Vec::new();
        for words in self.alternatives(item) {
            let (name, form) = self.base_form(&words);
            if !out.iter().any(|t| t.name == name && t.form == form) {
                out.push(Term { key: self.key(&name), name, form, explicit: false });
            }
        }
        if out.is_empty() && !item.trim().is_empty() {
            let name = item.trim().to_owned();
            out.push(Term { key: self.key(&name), name, form: None, explicit: false });
        }
        out
    }

    /// How a step may call an ingredient.
    pub fn step_names(&self, item: &str) -> Vec<Name> {
        self.alternatives(item).into_iter().map(|words| self.step_name(&words)).filter(|n| !n.head.is_empty()).collect()
    }

    /// A name without what stands behind it, split at "and" and "or" where each piece is a name.
    fn alternatives(&self, item: &str) -> Vec<Vec<Word>> {
        let item = without_parentheses(item);
        let item = item.split([',', '，', '、', ';', '/']).next().unwrap_or_default();
        let mut all: Vec<Vec<Word>> = vec![Vec::new()];
        for piece in item.split_whitespace().flat_map(|p| self.split_elision(p)) {
            let shown = piece.trim_matches(|c: char| !c.is_alphanumeric());
            let folded = self.fold(shown);
            let amount = folded.starts_with(|c: char| c.is_numeric());
            if self.joins.contains(&folded) || piece == "&" || piece == "+" {
                all.push(Vec::new());
            } else if !folded.is_empty() && !amount {
                let tail = self.tails.contains(&folded);
                if tail && all.iter().flatten().any(|w| !self.is_filler(w)) {
                    break;
                }
                if !tail {
                    let stem = self.stem_of(shown);
                    all.last_mut().into_iter().for_each(|w| {
                        w.push(Word { shown: shown.to_owned(), folded: folded.clone(), stem: stem.clone() })
                    });
                }
            }
        }
        all.retain(|words| words.iter().any(|w| !self.is_filler(w)));
        all
    }

    /// `d'ail` is two words, `bird's-eye` is one.
    fn split_elision<'t>(&self, piece: &'t str) -> Vec<&'t str> {
        if let Some(i) = piece.find(['\'', '’']) {
            let end = i + piece[i..].chars().next().map_or(1, char::len_utf8);
            if self.drop.contains(&self.fold(&piece[..i])) && end < piece.len() {
                return vec![&piece[end..]];
            }
        }
        vec![piece]
    }

    /// The stem of a word that may have a hyphen or an apostrophe in it.
    fn stem_of(&self, word: &str) -> String {
        let stems = self.stems(word);
        if stems.len() == 1 { stems.into_iter().next().unwrap_or_default() } else { stems.join(" ") }
    }

    fn is_filler(&self, w: &Word) -> bool {
        self.drop.contains(&w.folded)
    }

    /// Words that say what it is, without how it is prepared or counted.
    fn telling<'w>(&self, words: &'w [Word], with_states: bool) -> Vec<&'w Word> {
        let kept: Vec<&Word> =
            words.iter().filter(|w| !self.is_filler(w) && (with_states || !self.states.contains(&w.folded))).collect();
        let without: Vec<&Word> = kept.iter().copied().filter(|w| !self.measures.contains(&w.folded)).collect();
        match (without.is_empty(), kept.is_empty()) {
            (false, _) => without,
            (true, false) => kept,
            (true, true) => words.iter().collect(),
        }
    }

    /// The longest phrase that the words hold.
    fn phrase(&self, words: &[&Word]) -> Option<&(String, Option<String>)> {
        for length in (1..=self.longest_phrase.min(words.len())).rev() {
            for run in words.windows(length).rev() {
                let key = run.iter().map(|w| w.stem.as_str()).collect::<Vec<_>>().join(" ");
                if let Some(found) = self.phrases.get(&key) {
                    return Some(found);
                }
            }
        }
        None
    }

    fn base_form(&self, words: &[Word]) -> (String, Option<String>) {
        let whole: Vec<&Word> = words.iter().collect();
        if let Some((entry, form)) = self.phrase(&whole).or_else(|| self.phrase(&self.telling(words, true))) {
            return (entry.clone(), form.clone());
        }
        let telling = self.telling(words, true);
        let form = |words: &[&Word]| {
            let shown: Vec<&str> = words.iter().map(|w| w.shown.as_str()).collect();
            (!shown.is_empty()).then(|| shown.join(" "))
        };
        if let Some((last, before)) = telling.split_last()
            && self.heads.contains(&last.stem)
        {
            return (self.printed(last), form(before));
        }
        if let Some((first, after)) = telling.split_first()
            && self.firsts.contains(&first.stem)
        {
            return (self.printed(first), form(after));
        }
        // a state before a first word: "smoked chicken breast"
        let bare = self.telling(words, false);
        if let Some((first, after)) = bare.split_first()
            && self.firsts.contains(&first.stem)
        {
            return (self.printed(first), form(after));
        }
        (self.entry(&bare), None)
    }

    fn printed(&self, w: &Word) -> String {
        self.names.get(&w.stem).cloned().unwrap_or_else(|| w.shown.clone())
    }

    /// All words as an entry, the one that carries its number in the form an index prints.
    fn entry(&self, words: &[&Word]) -> String {
        let bearer = if self.head_first { 0 } else { words.len().saturating_sub(1) };
        let shown: Vec<String> = words
            .iter()
            .enumerate()
            .map(|(i, w)| if i == bearer { self.printed(w) } else { w.shown.clone() })
            .collect();
        shown.join(" ")
    }

    fn step_name(&self, words: &[Word]) -> Name {
        let telling: Vec<&Word> = words.iter().filter(|w| !self.is_filler(w)).collect();
        let (entry, _) = self.base_form(words);
        let split = |w: &Word| w.stem.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let all: Vec<String> = telling.iter().flat_map(|w| split(w)).collect();
        let entry: Vec<String> = tokens(&entry).into_iter().map(|t| self.stem(&entry[t.range])).collect();
        let mut name = Name::default();
        for stem in &all {
            if entry.contains(stem) { name.head.push(stem.clone()) } else { name.more.push(stem.clone()) }
        }
        if name.head.is_empty() {
            // the entry is called otherwise: "peppercorns" of "black peppercorns"
            let bearers = self.telling(words, false);
            let bearer = if self.head_first { bearers.first() } else { bearers.last() };
            name.head = bearer.map(|w| split(w)).unwrap_or(all);
            name.more.retain(|s| !name.head.contains(s));
        }
        name.by_part = telling.first().is_some_and(|w| self.firsts.contains(&w.stem)) && !self.head_first;
        name
    }
}

fn without_parentheses(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}
