//! The order of the alphabet, by language: collation, leading articles, and the letters that head a part of an index.

use crate::cookbook::Entry;
use crate::food::{self, Words};
use crate::locale::Lang;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;
use icu_normalizer::properties::CanonicalCompositionBorrowed;
use rayon::prelude::*;

/// How a language sorts.
pub struct Sorting {
    collator: Option<CollatorBorrowed<'static>>,
    words: &'static Words,
    lang: Lang,
}

impl std::fmt::Debug for Sorting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sorting").field("lang", &self.lang).finish_non_exhaustive()
    }
}

/// A heading for what begins with no letter.
pub(super) const SIGNS: &str = "#";
/// A heading for Japanese names written with Chinese characters: their reading is not known.
const KANJI: &str = "漢字";
/// Headings that are no letters of a name: those two, the rows of the kana, the consonants of Korean.
pub const HEADINGS: &str = "#漢字あかさたなはまやらわㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ";

impl Sorting {
    /// The order of a language; that of no language in particular where it has none of its own.
    pub fn new(lang: &Lang) -> Sorting {
        let preferences = |tag: &str| Locale::try_from_str(tag).map(|l| CollatorPreferences::from(&l)).ok();
        let collator = [lang.as_str(), lang.primary(), "und"]
            .into_iter()
            .filter_map(preferences)
            .find_map(|p| Collator::try_new(p, CollatorOptions::default()).ok());
        Sorting { collator, words: food::words(lang), lang: lang.clone() }
    }

    /// The language.
    pub fn lang(&self) -> &Lang {
        &self.lang
    }

    /// Bytes that compare as the texts do.
    pub fn key(&self, text: &str) -> Vec<u8> {
        let Some(collator) = &self.collator else { return text.to_lowercase().into_bytes() };
        let mut key = Vec::with_capacity(text.len() + 16);
        let Ok(()) = collator.write_sort_key_to(text, &mut key);
        key
    }

    /// The place of every recipe in the order of their titles.
    pub fn order(&self, recipes: &[Entry]) -> Vec<u32> {
        let keys: Vec<Vec<u8>> = recipes
            .par_iter()
            .map(|r| {
                let title = one_line(r.running_title().trimmed());
                let mut key = self.key(without_article(&title, &r.lang));
                // titles that are the same in the order of the alphabet, and slugs, so that no two recipes are
                for more in [&title, &r.slug] {
                    key.push(0);
                    key.extend(more.as_bytes());
                }
                key
            })
            .collect();
        let mut sorted: Vec<usize> = (0..recipes.len()).collect();
        sorted.sort_by(|a, b| keys[*a].cmp(&keys[*b]));
        let mut order = vec![0; recipes.len()];
        for (place, i) in sorted.into_iter().enumerate() {
            order[i] = u32::try_from(place).unwrap_or(u32::MAX);
        }
        order
    }

    /// The heading that a text stands under.
    pub fn heading(&self, text: &str) -> String {
        let Some(first) = text.chars().find(|c| c.is_alphanumeric()) else { return SIGNS.to_owned() };
        if first.is_numeric() {
            return SIGNS.to_owned();
        }
        let rest: String = text.chars().skip_while(|c| *c != first).take(4).collect();
        let upper = crate::locale::locale(&self.lang).upper(&rest);
        // "dzs" before "dz" before "d"
        for length in (2..=3).rev() {
            let start: String = upper.chars().take(length).collect();
            if start.chars().count() == length && self.words.letters.contains(&start) {
                return start;
            }
        }
        let letter = upper.chars().next().unwrap_or(first);
        let alphabet = |c: char| {
            let mut buffer = [0; 4];
            let letter: &str = c.encode_utf8(&mut buffer);
            self.words.letters.iter().any(|l| l == letter)
        };
        match self.lang.primary() {
            "zh" | "yue" if is_han(letter) => return pinyin(letter).unwrap_or_else(|| SIGNS.to_owned()),
            "ja" if is_han(letter) => return KANJI.to_owned(),
            _ => {}
        }
        if let Some(row) = kana_row(letter).or_else(|| hangul_lead(letter)).or_else(|| thai_consonant(&rest)) {
            return row.to_string();
        }
        let plain = food::base(letter);
        if alphabet(letter) {
            return letter.to_string();
        }
        // a letter with one mark less may be of the alphabet: "Ơ" of "Ớ"
        let with_mark = |mark| CanonicalCompositionBorrowed::new().compose(plain, mark);
        let marks = ['\u{302}', '\u{306}', '\u{31b}', '\u{30a}', '\u{308}', '\u{303}', '\u{30c}'];
        if letter != plain
            && let Some(own) = marks.into_iter().filter_map(with_mark).find(|c| alphabet(*c) && has_mark(letter, *c))
        {
            return own.to_string();
        }
        match plain {
            'Æ' => "A".to_owned(),
            'Œ' | 'Ø' => "O".to_owned(),
            'Đ' | 'Ð' => "D".to_owned(),
            'Ł' => "L".to_owned(),
            'أ' | 'إ' | 'آ' | 'ٱ' => "ا".to_owned(),
            _ => plain.to_string(),
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether one letter has, among its marks, those of the other.
fn has_mark(letter: char, other: char) -> bool {
    use icu_normalizer::properties::{CanonicalDecompositionBorrowed, Decomposed};
    let mut rest = letter;
    let decompose = CanonicalDecompositionBorrowed::new();
    let Decomposed::Expansion(_, wanted) = decompose.decompose(other) else { return false };
    while let Decomposed::Expansion(base, mark) = decompose.decompose(rest) {
        if mark == wanted {
            return true;
        }
        rest = base;
    }
    false
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The first letter of the Mandarin reading.
fn pinyin(c: char) -> Option<String> {
    let read = deunicode::deunicode_char(c)?;
    read.chars().next().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase().to_string())
}

/// The row of the kana table: か for がきぎ and ガ.
fn kana_row(c: char) -> Option<char> {
    let c = match c {
        // katakana stand in the same order, 0x60 later
        '\u{30a1}'..='\u{30f6}' => char::from_u32(u32::from(c) - 0x60)?,
        _ => c,
    };
    let rows = [
        ('ぁ', 'あ'),
        ('か', 'か'),
        ('さ', 'さ'),
        ('た', 'た'),
        ('な', 'な'),
        ('は', 'は'),
        ('ま', 'ま'),
        ('ゃ', 'や'),
        ('ら', 'ら'),
        ('ゎ', 'わ'),
    ];
    let c = if c == 'ゔ' {
        'う'
    } else if matches!(c, 'ゕ' | 'ゖ') {
        'か'
    } else {
        c
    };
    matches!(c, 'ぁ'..='ん').then(|| rows.iter().rev().find(|(from, _)| *from <= c).map(|(_, row)| *row)).flatten()
}

/// The consonant that a Korean syllable begins with, doubled ones with their single.
fn hangul_lead(c: char) -> Option<char> {
    const LEADS: [char; 19] = [
        'ㄱ', 'ㄱ', 'ㄴ', 'ㄷ', 'ㄷ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅂ', 'ㅅ', 'ㅅ', 'ㅇ', 'ㅈ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ',
        'ㅎ',
    ];
    matches!(c, '가'..='힣').then(|| LEADS[((u32::from(c) - 0xac00) / 588) as usize])
}

/// Thai writes some vowels before the consonant that they follow.
fn thai_consonant(text: &str) -> Option<char> {
    let first = text.chars().next()?;
    matches!(first, '\u{e01}'..='\u{e44}').then(|| text.chars().find(|c| matches!(c, '\u{e01}'..='\u{e2e}'))).flatten()
}

/// A title without the article it begins with.
pub(super) fn without_article<'t>(title: &'t str, lang: &Lang) -> &'t str {
    let title = title.trim_start_matches(|c: char| !c.is_alphanumeric());
    for article in &food::words(lang).articles {
        let same = |start: &str| start.to_lowercase() == *article || start.replace('’', "'").to_lowercase() == *article;
        let elided = article.ends_with('\'') || lang.primary() == "ar";
        let end = title.char_indices().nth(article.chars().count()).map(|(i, _)| i);
        if let Some(end) = end
            && same(&title[..end])
        {
            let rest = &title[end..];
            if elided || rest.starts_with(char::is_whitespace) {
                return rest.trim_start();
            }
        }
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(lang: &str, text: &str) -> String {
        Sorting::new(&Lang::parse(lang).unwrap()).heading(text)
    }

    #[test]
    fn headings_by_language() {
        for (lang, text, letter) in [
            ("en", "aubergines", "A"),
            ("en", "Éclairs", "E"),
            ("en", "“00” flour", "#"),
            ("en", "œufs", "O"),
            ("en", "τυρί", "Τ"),
            ("vi", "đậu", "Đ"),
            ("vi", "ớt", "Ơ"),
            ("vi", "ấm", "Â"),
            ("vi", "bún", "B"),
            ("es", "ñame", "Ñ"),
            ("es", "ácido", "A"),
            ("sv", "ägg", "Ä"),
            ("sv", "ål", "Å"),
            ("de", "Äpfel", "A"),
            ("da", "æg", "Æ"),
            ("el", "άνηθος", "Α"),
            ("ru", "ёж", "Е"),
            ("cs", "chléb", "CH"),
            ("hu", "gyömbér", "GY"),
            ("tr", "ıspanak", "I"),
            ("tr", "incir", "İ"),
            ("ja", "がんもどき", "か"),
            ("ja", "バター", "は"),
            ("ja", "豆腐", "漢字"),
            ("zh", "番茄", "F"),
            ("ko", "까나리", "ㄱ"),
            ("ko", "후추", "ㅎ"),
            ("th", "เกลือ", "ก"),
            ("he", "ביצים", "ב"),
            ("ar", "أرز", "ا"),
        ] {
            assert_eq!(heading(lang, text), letter, "{lang}: {text}");
        }
    }

    #[test]
    fn articles_are_passed_over() {
        let bare = |lang: &str, t| without_article(t, &Lang::parse(lang).unwrap()).to_owned();
        assert_eq!(bare("en", "The Pot by the Window"), "Pot by the Window");
        assert_eq!(bare("en", "Another Soup"), "Another Soup");
        assert_eq!(bare("fr", "L’aïoli"), "aïoli");
        assert_eq!(bare("fr", "Les crêpes"), "crêpes");
        assert_eq!(bare("el", "Το ψωμί"), "ψωμί");
        assert_eq!(bare("en", "A"), "A");
    }

    #[test]
    fn languages_sort_by_their_own_rules() {
        let sorted = |lang: &str, words: &[&str]| {
            let s = Sorting::new(&Lang::parse(lang).unwrap());
            let mut all: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
            all.sort_by_key(|w| s.key(w));
            all.join(" ")
        };
        assert_eq!(sorted("sv", &["ägg", "zucchini", "åkerbär", "ost"]), "ost zucchini åkerbär ägg");
        assert_eq!(sorted("de", &["Äpfel", "Zucker", "Anis"]), "Anis Äpfel Zucker");
        assert_eq!(sorted("es", &["oca", "ñame", "nuez"]), "nuez ñame oca");
        assert_eq!(sorted("vi", &["đường", "dừa", "ớt", "ô mai", "om"]), "dừa đường om ô mai ớt");
        assert_eq!(sorted("ru", &["яйца", "ёж", "жир"]), "ёж жир яйца");
    }
}
