//! An ingredient as one line of text: amount, unit, item, note.

use super::amount::{Amount, Measure};
use crate::locale::{Label, Locale};

/// A unit of an ingredient's amount.
#[derive(Debug, Clone, Eq)]
pub struct Unit {
    /// Its key in the locale files, when it is a known one.
    pub key: Option<String>,
    /// As the recipe writes it.
    pub written: String,
}

impl PartialEq for Unit {
    /// Known units are equal whatever their spelling.
    fn eq(&self, other: &Self) -> bool {
        match (&self.key, &other.key) {
            (Some(a), Some(b)) => a == b,
            (None, None) => self.written == other.written,
            _ => false,
        }
    }
}

impl Unit {
    /// As printed after an amount: a known unit by its short name, another one as written.
    pub fn show(&self, amount: Option<&Measure>, locale: &Locale) -> String {
        match self.key.as_deref().and_then(|k| locale.unit_name(k)) {
            Some(name) if amount.is_none_or(|a| a.is_singular(locale)) => name.one.clone(),
            Some(name) => name.other.clone(),
            None => self.written.clone(),
        }
    }

    /// Whether amounts in this unit are given in decimals rather than in fractions.
    pub fn is_metric(&self) -> bool {
        const METRIC: [&str; 8] =
            ["gram", "kilogram", "milligram", "millilitre", "centilitre", "decilitre", "litre", "centimetre"];
        self.key.as_deref().is_some_and(|k| METRIC.contains(&k))
    }
}

/// What a line says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// How much.
    pub amount: Option<Amount>,
    /// Of what measure.
    pub unit: Option<Unit>,
    /// What.
    pub item: String,
    /// How it is prepared, and what else is said.
    pub note: Option<String>,
    /// What to take instead.
    pub or: Option<String>,
    /// Whether it may be left out.
    pub optional: bool,
}

/// The unit that a text names.
pub fn parse_unit(text: &str, locale: &Locale) -> Unit {
    let written = text.trim();
    Unit { key: locale.unit(written).map(str::to_owned), written: written.to_owned() }
}

/// Reads a line. What is not understood stays in the item: no word is lost.
pub fn parse_line(text: &str, locale: &Locale) -> Line {
    let text = text.trim();
    if matches!(locale.tag.as_str(), "ja" | "zh" | "ko")
        && let Some(line) = amount_last(text)
    {
        return line;
    }
    let mut line = Line::default();
    let mut notes: Vec<String> = Vec::new();
    let mut rest = text;
    if let Some((measure, used)) = Measure::prefix(text, locale)
        && amount_ends_well(&text[used..])
    {
        rest = text[used..].trim_start();
        if let Some((inside, after)) = leading_parenthesis(rest) {
            notes.push(inside.to_owned());
            rest = after;
        }
        if let Some((unit, after)) = leading_unit(rest, locale) {
            line.unit = Some(unit);
            rest = after;
        }
        if let Some((other, after)) = second_measure(rest, locale) {
            notes.push(other);
            rest = after;
        }
        if rest.starts_with(['+', '&']) || locale.tag == "en" && rest.starts_with("plus ") {
            // "1 cup + 2 tbsp flour": too much to take apart, so nothing is
            return split_item(text, Line::default(), Vec::new(), locale);
        }
        line.amount = Some(Amount::Measured(measure));
        rest = strip_of(rest, locale);
    } else if let Some((words, after)) = word_amount(text, locale) {
        line.amount = Some(Amount::Words(words));
        rest = strip_of(after, locale);
    }
    if rest.is_empty() {
        return Line { item: text.to_owned(), ..Line::default() };
    }
    split_item(rest, line, notes, locale)
}

/// "2% milk", "7-spice powder", "1st", "9x13 tin" are no amounts.
fn amount_ends_well(after: &str) -> bool {
    let mut chars = after.chars();
    match chars.next() {
        None => false,
        Some(c) if c.is_alphabetic() => {
            !after.starts_with("st ")
                && !after.starts_with("nd ")
                && !after.starts_with("rd ")
                && !after.starts_with("th ")
        }
        Some('%' | '-' | '–' | ':' | '.' | ',' | '°' | '\'' | '’' | '"' | '″') => false,
        Some(_) => true,
    }
}

/// `(400 g) …`: what is in the parentheses, and the rest.
fn leading_parenthesis(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('(')?;
    let close = inside.find(')')?;
    let after = inside[close + 1..].trim_start();
    (!after.is_empty() && !inside[..close].contains('(')).then(|| (inside[..close].trim(), after))
}

/// The longest unit at the beginning, when an item follows it.
fn leading_unit<'t>(text: &'t str, locale: &Locale) -> Option<(Unit, &'t str)> {
    if matches!(locale.tag.as_str(), "ja" | "zh" | "ko" | "th") {
        let spelling = locale
            .unit_spellings()
            .filter(|s| !s.is_ascii() && text.starts_with(s) && text.len() > s.len())
            .max_by_key(|s| s.len());
        if let Some((spelling, key)) = spelling.and_then(|s| Some((s, locale.unit(s)?))) {
            return Some((
                Unit { key: Some(key.to_owned()), written: spelling.to_owned() },
                text[spelling.len()..].trim_start(),
            ));
        }
    }
    let ends = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(i, _)| i);
    // up to four words: "fl. oz.", "c. à s."
    let candidates: Vec<usize> = ends.take(4).collect();
    for end in candidates.into_iter().rev() {
        let word = &text[..end];
        let rest = text[end..].trim_start();
        if !rest.is_empty()
            && let Some(key) = locale.unit(word)
            && (word.chars().count() != 1 || exact_unit(word, locale))
        {
            return Some((Unit { key: Some(key.to_owned()), written: word.to_owned() }, rest));
        }
    }
    None
}

/// One-letter units count only in their own case (`T` is no `t`).
fn exact_unit(word: &str, locale: &Locale) -> bool {
    locale.unit_spellings().any(|s| s == word)
}

/// `/ 1 lb 2 oz` after the first amount.
fn second_measure<'t>(text: &'t str, locale: &Locale) -> Option<(String, &'t str)> {
    let mut rest = text.strip_prefix('/')?.trim_start();
    let start = rest;
    let mut parts = 0;
    while let Some((_, used)) = Measure::prefix(rest, locale) {
        let Some((_, after)) = leading_unit(rest[used..].trim_start(), locale) else { break };
        rest = after;
        parts += 1;
    }
    (parts > 0).then(|| (start[..start.len() - rest.len()].trim().to_owned(), rest))
}

/// "a pinch", "a splash" at the beginning.
fn word_amount<'t>(text: &'t str, locale: &Locale) -> Option<(String, &'t str)> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let word = locale
        .word_amounts
        .iter()
        .find(|w| lower.starts_with(w.as_str()) && text[w.len()..].starts_with([' ', '\u{a0}']))?;
    let rest = text[word.len()..].trim_start();
    (!rest.is_empty()).then(|| (text[..word.len()].to_owned(), rest))
}

fn strip_of<'t>(text: &'t str, locale: &Locale) -> &'t str {
    for word in &locale.of_words {
        if let Some(rest) = text.strip_prefix(word.as_str()) {
            let elided = word.ends_with(['\'', '’']);
            if elided || rest.starts_with(char::is_whitespace) {
                return rest.trim_start();
            }
        }
    }
    text
}

/// Takes item and notes apart: at the first comma outside parentheses, and at parentheses that end the item.
fn split_item(text: &str, mut line: Line, mut notes: Vec<String>, locale: &Locale) -> Line {
    let (item, note) = match comma_behind_name(text, locale) {
        Some(i) => (text[..i].trim(), text[i..].trim_start_matches([',', '，', '、']).trim()),
        None => (text, ""),
    };
    let (item, inside) = trailing_parenthesis(item);
    line.item = item.to_owned();
    notes.extend(inside.map(str::to_owned));
    let optional = locale.label(Label::Optional);
    let or = locale.label(Label::Or);
    for piece in [note].into_iter().filter(|p| !p.is_empty()) {
        let (piece, inside) = trailing_parenthesis(piece);
        notes.push(piece.to_owned());
        notes.extend(inside.map(str::to_owned));
    }
    notes.retain(|n| {
        if n.eq_ignore_ascii_case(optional) || n == optional {
            line.optional = true;
            return false;
        }
        if line.or.is_none()
            && let Some(other) = n.strip_prefix(or).and_then(|r| r.strip_prefix(' '))
            && top_level_comma(other).is_none()
        {
            line.or = Some(other.trim().to_owned());
            return false;
        }
        true
    });
    line.note = (!notes.is_empty()).then(|| notes.join(", "));
    line
}

/// The first comma behind a name: none of those that only part the words before it.
fn comma_behind_name(text: &str, locale: &Locale) -> Option<usize> {
    let first = top_level_comma(text)?;
    let (mut from, mut comma) = (0, first);
    let names_nothing = |piece: &str| {
        let known = |w: &str| locale.prepared.iter().any(|p| p.eq_ignore_ascii_case(w));
        piece.split_whitespace().all(known)
    };
    while names_nothing(&text[from..comma]) {
        from = comma + text[comma..].chars().next().map_or(1, char::len_utf8);
        match top_level_comma(&text[from..]) {
            Some(next) => comma = from + next,
            None if names_nothing(&text[from..]) => return Some(first),
            // the last piece is the name
            None => return None,
        }
    }
    Some(comma)
}

/// The first comma that is neither inside parentheses nor between digits.
fn top_level_comma(text: &str) -> Option<usize> {
    let mut depth = 0i32;
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth -= 1,
            ',' | '，' if depth <= 0 => {
                let digits = before.is_ascii_digit() && chars.peek().is_some_and(|(_, n)| n.is_ascii_digit());
                if !digits && i > 0 {
                    return Some(i);
                }
            }
            _ => {}
        }
        before = c;
    }
    None
}

fn trailing_parenthesis(text: &str) -> (&str, Option<&str>) {
    let close = [(')', '('), ('）', '（')].into_iter().find(|(c, _)| text.ends_with(*c));
    let Some((close, open)) = close else { return (text, None) };
    match text.rfind(open) {
        Some(i) if i > 0 && !text[i + open.len_utf8()..text.len() - close.len_utf8()].contains(close) => {
            (text[..i].trim_end(), Some(text[i + open.len_utf8()..text.len() - close.len_utf8()].trim()))
        }
        _ => (text, None),
    }
}

/// Chinese, Japanese and Korean lists give the amount last: "しょうゆ 大さじ2".
fn amount_last(text: &str) -> Option<Line> {
    let at = text.rfind(char::is_whitespace)?;
    let (item, amount) = (text[..at].trim(), text[at..].trim());
    let counted = amount.chars().any(|c| c.is_numeric() || "一二三四五六七八九十半少適数若".contains(c));
    if !counted || amount.chars().count() > 10 || item.is_empty() {
        return None;
    }
    let (item, inside) = trailing_parenthesis(item);
    Some(Line {
        amount: Some(Amount::Words(amount.to_owned())),
        item: item.to_owned(),
        note: inside.map(str::to_owned),
        ..Line::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::english;

    fn show(text: &str) -> String {
        let l = parse_line(text, english());
        let amount = match &l.amount {
            Some(Amount::Measured(m)) => m.show(english()),
            Some(Amount::Words(w)) => format!("“{w}”"),
            None => String::new(),
        };
        let unit = l.unit.map(|u| u.key.unwrap_or(u.written)).unwrap_or_default();
        let mut out = format!("{amount}|{unit}|{}|{}", l.item, l.note.unwrap_or_default());
        if let Some(or) = l.or {
            out += &format!("|or {or}");
        }
        if l.optional {
            out += "|optional";
        }
        out
    }

    #[test]
    fn lines_of_real_recipes() {
        for (text, parts) in [
            ("1 1/2 cups basmati rice, rinsed", "1½|cup|basmati rice|rinsed"),
            ("oil", "||oil|"),
            ("2 cloves garlic, minced", "2|clove|garlic|minced"),
            ("2 cloves", "2||cloves|"),
            ("200g flour (sifted)", "200|gram|flour|sifted"),
            ("500 g / 1 lb 2 oz beef mince", "500|gram|beef mince|1 lb 2 oz"),
            ("1 (14 oz) can tomatoes, chopped", "1|can|tomatoes|14 oz, chopped"),
            ("2 x 400g tins chopped tomatoes", "2\u{a0}×\u{a0}400|gram|tins chopped tomatoes|"),
            ("a pinch of salt", "“a pinch”||salt|"),
            ("2-3 red chilies, sliced (optional)", "2–3||red chilies|sliced|optional"),
            ("1 cup of milk", "1|cup|milk|"),
            ("2% milk", "||2% milk|"),
            ("7-spice powder", "||7-spice powder|"),
            ("1 cup + 2 tbsp flour", "||1 cup + 2 tbsp flour|"),
            ("salt and pepper, to taste", "||salt and pepper|to taste"),
            ("1 T sugar", "1|tablespoon|sugar|"),
            ("1 t sugar", "1|teaspoon|sugar|"),
            ("4 fl oz cream", "4|fluid_ounce|cream|"),
            ("1 lemon, or 2 limes", "1||lemon||or 2 limes"),
            ("1,5 kg potatoes", "1.5|kilogram|potatoes|"),
            ("1 large onion, finely chopped", "1||large onion|finely chopped"),
            ("4 boneless, skinless chicken breasts, cut up", "4||boneless, skinless chicken breasts|cut up"),
            ("250 g large, ripe tomatoes", "250|gram|large, ripe tomatoes|"),
            ("frozen, sliced", "||frozen|sliced"),
            ("Juice of 1 lemon", "||Juice of 1 lemon|"),
            ("3", "||3|"),
        ] {
            assert_eq!(show(text), parts, "{text}");
        }
    }
}
