//! Text in XML: what it must escape, and what it can't hold.

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

/// Text for element content and for attributes in double quotes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut from = 0;
    for (i, c) in text.char_indices() {
        let instead = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            ' '..='~' => continue,
            '\t' | '\n' | '\r' | '\u{2028}' => " ",
            c if is_allowed(c) => continue,
            _ => "",
        };
        out.push_str(&text[from..i]);
        out.push_str(instead);
        from = i + c.len_utf8();
    }
    out.push_str(&text[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_dropped() {
        assert_eq!(escape("a\u{1}b\u{c}c\u{fffe}\u{85}]]>\"é😀\n&"), "abc]]&gt;&quot;é😀 &amp;");
        assert_eq!(clean("a\u{1}\tb<\u{2028}c"), "a b< c");
    }
}
