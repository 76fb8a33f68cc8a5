//! Text in XML: what it must escape, and what it can't hold.

use crate::bytes::ByteSet;

/// Whether XML 1.0 allows the character and no reader chokes on it. White space is for the caller to judge.
fn is_allowed(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Text on one line without what XML does not allow, not escaped: for libraries that escape themselves.
pub fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_whitespace() && c.is_control() || c == '\u{2028}' { ' ' } else { c })
        .filter(|c| is_allowed(*c))
        .collect()
}

/// What has to be looked at: the rest is plain letters of ASCII.
static SIGNS: ByteSet = ByteSet::of(b"&<>\"").and_controls().and_beyond_ascii();

/// Text for element content and for attributes in double quotes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape_into(&mut out, text);
    out
}

/// The same, at the end of `out`.
pub fn escape_into(out: &mut String, text: &str) {
    let (mut from, mut at) = (0, 0);
    while let Some(found) = SIGNS.find_rare(text.as_bytes(), at) {
        at = found;
        let Some(c) = text[at..].chars().next() else { break };
        let instead = match c {
            '&' => Some("&amp;"),
            '<' => Some("&lt;"),
            '>' => Some("&gt;"),
            '"' => Some("&quot;"),
            '\t' | '\n' | '\r' | '\u{2028}' => Some(" "),
            c if is_allowed(c) => None,
            _ => Some(""),
        };
        let next = at + c.len_utf8();
        if let Some(instead) = instead {
            out.push_str(&text[from..at]);
            out.push_str(instead);
            from = next;
        }
        at = next;
    }
    out.push_str(&text[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_xml_cannot_hold_is_dropped() {
        assert_eq!(escape("a\u{1}b\u{c}c\u{fffe}\u{85}]]>\"é😀\n&"), "abc]]&gt;&quot;é😀 &amp;");
        assert_eq!(clean("a\u{1}\tb<\u{2028}c"), "a b< c");
    }

    proptest! {
        #[test]
        fn each_character_is_escaped_by_itself(text in "(\\PC|[a-z ]{0,40}|[&<>\"\t\u{2028}\u{1}é]){0,8}") {
            let one_by_one: String = text.chars().map(|c| escape(c.encode_utf8(&mut [0; 4]))).collect();
            prop_assert_eq!(escape(&text), one_by_one);
        }
    }
}
