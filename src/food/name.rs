//! The base form of an ingredient's name: what an index calls it.

use super::Words;
use super::stem::tokens;
use rustc_hash::FxHashSet;
use std::borrow::Cow;

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
    /// Whether it stands in the language of the book, whatever the recipe's is.
    pub translated: bool,
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
    /// Its place among the words of the name.
    at: usize,
    /// Whether the next word follows without a space, as in "d'ail".
    glued: bool,
    /// Whether it says nothing of what it is.
    filler: bool,
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
                translated: false,
            })
            .collect()
    }

    /// What an ingredient's name means: its entries in an index, and how a step may call it.
    pub(super) fn meanings(&self, item: &str) -> (Vec<Term>, Vec<Name>) {
        let alternatives = self.alternatives(item);
        let mut terms: Vec<Term> = Vec::new();
        // a heading is no ingredient
        let heads = item.trim_end().ends_with([':', '：']);
        for words in alternatives.iter().filter(|_| !heads) {
            let (name, form) = self.base_form(words);
            if !terms.iter().any(|t| t.name == name && t.form == form) {
                terms.push(Term { key: self.key(&name), name, form, explicit: false, translated: false });
            }
        }
        if terms.is_empty() {
            terms.extend(self.as_written(item));
        }
        let names = alternatives.iter().map(|words| self.step_name(words)).filter(|n| !n.head.is_empty()).collect();
        (terms, names)
    }

    /// The entry for a name that no rule finds anything in. A heading ("For the sauce:") and a lone letter name nothing.
    fn as_written(&self, item: &str) -> Option<Term> {
        let bare = without_parentheses(item);
        let item = if bare.chars().any(char::is_alphabetic) { bare.trim() } else { item.trim() };
        let letters = item.chars().filter(|c| c.is_alphabetic()).count();
        if letters == 0 || letters == 1 && item.is_ascii() || item.ends_with([':', '：']) {
            return None;
        }
        let name = item.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        Some(Term { key: self.key(&name), name, form: None, explicit: false, translated: false })
    }

    /// An entry of this language in another one; `None` where either has no word for it.
    pub fn translated(&self, term: &Term, into: &Words) -> Option<Term> {
        let with_form = term.form.as_ref().map(|form| format!("{} {}", term.key, self.key(form)));
        let whole = with_form.and_then(|key| self.food_of.get(&key));
        let what = whole.or_else(|| self.food_of.get(&term.key))?;
        let (entry, form) = entry_and_form(into.foods.get(what)?);
        // "pepper, black" is not what a language says of any pepper
        if whole.is_none() && term.form.is_some() && form.is_some() {
            return None;
        }
        let (name, form) = (entry.to_owned(), form.map(str::to_owned));
        Some(Term { key: into.key(entry), name, form, explicit: false, translated: true })
    }

    /// Whether a text has a word that says what something is, and not only how much of it or how it is prepared: "boneless" of
    /// "boneless, skinless chicken thighs" has none.
    fn tells(&self, text: &str) -> bool {
        let text = without_parentheses(text);
        let mut words = text.split_whitespace().map(trimmed).filter(|w| !w.is_empty());
        words.any(|w| {
            let (w, stem) = (self.fold(w), self.stem(w));
            let all = [&self.drop, &self.measures, &self.states, &self.tails, &self.joins];
            !w.starts_with(|c: char| c.is_numeric()) && !all.iter().any(|set| self.holds(set, &w, &stem))
        })
    }

    /// A name without what stands behind it, split at "and" and "or" where each piece is a name.
    fn alternatives(&self, item: &str) -> Vec<Vec<Word>> {
        let item = without_parentheses(item);
        let item = self.without_aside(&item);
        let mut pieces = item.split([',', '，', '、', ';', '/']).map(|piece| self.pieces(piece));
        let says_what = |all: &Vec<Vec<Word>>| all.iter().any(|words| self.says_what(words));
        let Some(mut all) = pieces.next() else { return Vec::new() };
        // "boneless, skinless chicken thighs"
        if !says_what(&all)
            && let Some(found) = pieces.find(says_what)
        {
            all = found;
        }
        if says_what(&all) {
            all.retain(|words| self.says_what(words));
            self.share_heads(&mut all);
        } else {
            all.retain(|words| words.iter().any(|w| !w.filler));
        }
        all
    }

    /// The words of a name, split at "and" and "or".
    fn pieces(&self, text: &str) -> Vec<Vec<Word>> {
        let mut all: Vec<Vec<Word>> = vec![Vec::new()];
        let mut pair = String::new();
        for (piece, glued) in text.split_whitespace().flat_map(|p| self.split_elision(p)) {
            let shown = trimmed(piece);
            let folded = self.fold(shown);
            if self.joins.contains(&folded) || piece == "&" || piece == "+" {
                all.push(Vec::new());
                continue;
            }
            let amount = folded.starts_with(|c: char| c.is_numeric());
            if folded.is_empty() {
                continue;
            }
            // a figure behind a name is its amount: "latte 200 ml"
            if amount || self.tails.contains(&folded) {
                if all.iter().any(|words| self.says_what(words)) {
                    break;
                }
                continue;
            }
            // "Gemüse- oder Hühnerbrühe": half of a word names nothing
            let half = piece.ends_with('-');
            let letter = matches!(shown.as_bytes(), [c] if c.is_ascii_alphabetic());
            let Some(words) = all.last_mut() else { break };
            let stem = self.stem_of(trimmed(shown));
            let mut filler = half || letter || self.holds(&self.drop, &folded, &stem);
            // "low sodium" is "low-sodium"
            if let Some(before) = words.last_mut() {
                pair.clear();
                pair.extend([before.folded.as_str(), "-", &folded]);
                if self.drop.contains(&pair) {
                    before.filler = true;
                    filler = true;
                }
            }
            let shown = if glued { piece } else { shown };
            let at = words.len();
            words.push(Word { shown: shown.to_owned(), folded, stem, at, glued, filler });
        }
        all
    }

    fn says_what(&self, words: &[Word]) -> bool {
        words.iter().any(|w| !w.filler && !self.is_state(w) && !self.is_measure(w))
    }

    /// Whether a list has a word; in languages whose words change their endings, in any form.
    fn holds(&self, list: &FxHashSet<String>, folded: &str, stem: &str) -> bool {
        list.contains(folded) || self.inflected && list.contains(stem)
    }

    fn is_state(&self, w: &Word) -> bool {
        self.holds(&self.states, &w.folded, &w.stem)
    }

    fn is_measure(&self, w: &Word) -> bool {
        self.holds(&self.measures, &w.folded, &w.stem)
    }

    /// "red or yellow onions" are both onions, "vin blanc ou rouge" is both times wine.
    fn share_heads(&self, all: &mut [Vec<Word>]) {
        for i in 0..all.len() {
            let telling = self.telling(&all[i], true);
            let open = !telling.is_empty() && telling.iter().all(|w| self.holds(&self.qualifiers, &w.folded, &w.stem));
            let from = if self.head_first { i.checked_sub(1) } else { Some(i + 1).filter(|n| *n < all.len()) };
            let Some(from) = from else { continue };
            let other = self.telling(&all[from], true);
            let head = if self.head_first { other.first() } else { other.last() };
            let Some(head) = head.map(|w| (*w).clone()) else { continue };
            let shared = telling.len() == 1 && other.len() > 1 && self.shared.contains(&head.folded);
            if !(open || shared) {
                continue;
            }
            all[i].retain(|w| !w.filler);
            let at = if self.head_first { 0 } else { all[i].len() };
            all[i].insert(at, head);
            all[i].iter_mut().enumerate().for_each(|(n, w)| w.at = n);
        }
    }

    /// A name without a remark: "butter – 20 g", "to serve: lemon wedges", "shortening. See note".
    fn without_aside<'t>(&self, text: &'t str) -> &'t str {
        let mut text = text;
        for dash in [" – ", " — ", " - ", "*"] {
            text = text.split(dash).find(|t| t.chars().any(char::is_alphabetic)).unwrap_or(text);
        }
        if let Some((before, after)) = text.split_once([':', '：']) {
            let names = after.trim_start().starts_with(char::is_alphabetic) && !self.tells(before);
            text = if names { after } else { before };
        }
        let sentence = |(i, _): &(usize, &str)| {
            let word = text[..*i].rsplit(' ').next().unwrap_or_default();
            word.chars().count() > 3 && text[i + 2..].starts_with(char::is_uppercase)
        };
        text.match_indices(". ").find(sentence).map_or(text, |(i, _)| &text[..i])
    }

    /// `d'ail` is two words, `bird's-eye` is one. Whether the next follows without a space.
    fn split_elision<'t>(&self, piece: &'t str) -> impl Iterator<Item = (&'t str, bool)> + use<'t> {
        let mut parts = [Some((piece, false)), None];
        if let Some(i) = piece.find(['\'', '’']) {
            let end = i + piece[i..].chars().next().map_or(1, char::len_utf8);
            if end < piece.len() && self.drop.contains(&self.fold(trimmed(&piece[..i]))) {
                parts = [Some((&piece[..end], true)), Some((&piece[end..], false))];
            }
        }
        parts.into_iter().flatten()
    }

    /// The stem of a word that may have a hyphen or an apostrophe in it.
    fn stem_of(&self, word: &str) -> String {
        if word.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return self.stem(word);
        }
        let stems = self.stems(word);
        if stems.len() == 1 { stems.into_iter().next().unwrap_or_default() } else { stems.join(" ") }
    }

    /// Words that say what it is, without how it is prepared or counted.
    fn telling<'w>(&self, words: &'w [Word], with_states: bool) -> Vec<&'w Word> {
        let kept: Vec<&Word> = words.iter().filter(|w| !w.filler && (with_states || !self.is_state(w))).collect();
        let without: Vec<&Word> = kept.iter().copied().filter(|w| !self.is_measure(w)).collect();
        match (without.is_empty(), kept.is_empty()) {
            (false, _) => without,
            (true, false) => kept,
            (true, true) => words.iter().collect(),
        }
    }

    /// The longest phrase that the words hold.
    fn phrase(&self, words: &[&Word]) -> Option<&(String, Option<String>)> {
        let mut key = String::new();
        for length in (1..=self.longest_phrase.min(words.len())).rev() {
            for run in words.windows(length).rev() {
                key.clear();
                for (n, word) in run.iter().enumerate() {
                    key.push_str(if n > 0 { " " } else { "" });
                    key.push_str(&word.stem);
                }
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
        let form = |kept: &[&Word]| self.form(words, kept);
        if let Some((last, before)) = telling.split_last() {
            let part_of = || self.firsts.contains(&last.stem) && !self.head_first && self.linked(words, last).is_some();
            if self.heads.contains(&last.stem) || !before.is_empty() && part_of() {
                return (self.printed(last), form(before));
            }
        }
        // a state before a first word: "smoked chicken breast"
        for kept in [&telling, &self.telling(words, false)] {
            if let Some((first, after)) = kept.split_first()
                && self.firsts.contains(&first.stem)
            {
                return (self.printed(first), form(after));
            }
        }
        (self.entry(words, &self.telling(words, false)), None)
    }

    /// The form that an entry takes. How it was kept ("canned") says nothing where there is more.
    fn form(&self, words: &[Word], kept: &[&Word]) -> Option<String> {
        let more: Vec<&Word> = kept.iter().copied().filter(|w| !self.holds(&self.minor, &w.folded, &w.stem)).collect();
        let kept = if more.is_empty() { kept } else { &more };
        let first = kept.first()?;
        let mut out = String::new();
        if self.head_first {
            self.linked(words, first).into_iter().flatten().for_each(|w| push_word(&mut out, w, &w.shown));
        }
        self.push_all(&mut out, words, kept, |w| w.shown.clone());
        Some(out)
    }

    /// The words that bind a word to those before it: "de" of "flocons de maïs".
    fn linked<'w>(&self, words: &'w [Word], word: &Word) -> Option<&'w [Word]> {
        let before = words.get(..word.at)?;
        let from = before.iter().rposition(|w| !self.step.linkers.contains(&w.folded)).map_or(0, |i| i + 1);
        Some(&before[from..]).filter(|links| !links.is_empty() && from > 0)
    }

    /// Adds words that were kept, with those that bind them to each other.
    fn push_all(&self, out: &mut String, words: &[Word], kept: &[&Word], shown: impl Fn(&Word) -> String) {
        for (n, word) in kept.iter().enumerate() {
            if n > 0 {
                self.linked(words, word).into_iter().flatten().for_each(|w| push_word(out, w, &w.shown));
            }
            push_word(out, word, &shown(word));
        }
        out.truncate(out.trim_end().len());
    }

    fn printed(&self, w: &Word) -> String {
        self.names.get(&w.stem).cloned().unwrap_or_else(|| w.shown.clone())
    }

    /// All words as an entry, the one that carries its number in the form an index prints.
    fn entry(&self, words: &[Word], kept: &[&Word]) -> String {
        let bearer = if self.head_first { kept.first() } else { kept.last() };
        // words beside it would have to take another ending too
        let bearer = bearer.filter(|_| kept.len() == 1 || !self.inflected).map(|w| w.at);
        let mut out = String::new();
        self.push_all(&mut out, words, kept, |w| if Some(w.at) == bearer { self.printed(w) } else { w.shown.clone() });
        out
    }

    fn step_name(&self, words: &[Word]) -> Name {
        let telling: Vec<&Word> = words.iter().filter(|w| !w.filler).collect();
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

fn push_word(out: &mut String, word: &Word, shown: &str) {
    out.push_str(shown);
    if !word.glued {
        out.push(' ');
    }
}

/// A word without signs around it.
fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn without_parentheses(text: &str) -> Cow<'_, str> {
    const SIGNS: [char; 6] = ['(', '（', '[', ')', '）', ']'];
    if !text.contains(SIGNS) {
        return Cow::Borrowed(text);
    }
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
    Cow::Owned(out)
}
