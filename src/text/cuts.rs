//! Where words may be cut.

use super::para::Break;
use crate::locale::Lang;

/// Where Unicode's rules, with a dictionary for Thai and its like, let a line end inside `word`.
pub(super) fn line_breaks(word: &str) -> impl Iterator<Item = usize> {
    use std::sync::OnceLock;
    static SEGMENTER: OnceLock<icu_segmenter::LineSegmenterBorrowed<'static>> = OnceLock::new();
    let segmenter = SEGMENTER.get_or_init(|| icu_segmenter::LineSegmenter::new_auto(Default::default()));
    segmenter.segment_str(word).filter(|i| *i > 0 && *i < word.len()).collect::<Vec<_>>().into_iter()
}

/// Where a long word may be broken if it must: at spaces that do not break, after hyphens and slashes, and between syllables.
pub(super) fn inner_cuts(word: &str, lang: &Lang) -> Vec<(usize, Break)> {
    let mut cuts = Vec::new();
    let mut before = ' ';
    for (i, c) in word.char_indices() {
        let gap = matches!(before, '\u{a0}' | '\u{202f}');
        if (gap || matches!(before, '-' | '\u{2011}' | '–' | '—' | '/' | '_' | '.' | '?' | '&' | '='))
            && c.is_alphanumeric()
        {
            cuts.push((i, Break::Inner { price: if gap { 0.4 } else { 0.2 }, hyphen: false }));
        }
        before = c;
    }
    for (start, letters) in letter_runs(word) {
        let mut at = start;
        for syllable in syllables(letters, lang) {
            at += syllable.len();
            if at < start + letters.len() {
                cuts.push((at, Break::Inner { price: 1.0, hyphen: true }));
            }
        }
    }
    cuts
}

fn letter_runs(word: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut start = None;
    for (i, c) in word.char_indices().chain([(word.len(), ' ')]) {
        match (c.is_alphabetic(), start) {
            (true, None) => start = Some(i),
            (false, Some(s)) => {
                out.push((s, &word[s..i]));
                start = None;
            }
            _ => {}
        }
    }
    out
}

fn syllables<'w>(word: &'w str, lang: &Lang) -> Vec<&'w str> {
    let code: Option<[u8; 2]> = lang.primary().as_bytes().try_into().ok();
    let code = code.map(|c| if &c == b"nb" || &c == b"nn" { *b"no" } else { c });
    code.and_then(hypher::Lang::from_iso).map(|l| hypher::hyphenate(word, l).collect()).unwrap_or_default()
}
