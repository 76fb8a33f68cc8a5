//! Properties of characters that layout asks for.

use unicode_script::{Script, UnicodeScript};

/// The script of a character; without a search for the letters that most text is made of.
fn script(c: char) -> Script {
    match c {
        'a'..='z'
        | 'A'..='Z'
        | '\u{c0}'..='\u{d6}'
        | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{2b8}'
        | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\0'..='\u{7f}' | '\u{2010}'..='\u{2064}' => Script::Common,
        _ => c.script(),
    }
}

/// Whether the character is written without spaces between words and breaks between any two of its kind.
pub fn is_cjk(c: char) -> bool {
    matches!(script(c), Script::Han | Script::Hiragana | Script::Katakana | Script::Bopomofo)
        || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '\u{30fb}' | '\u{30fc}')
}

/// Whether finding words in the character's script takes a dictionary.
pub(super) fn is_complex(c: char) -> bool {
    matches!(script(c), Script::Thai | Script::Lao | Script::Khmer | Script::Myanmar)
}

/// Whether the character has no shape of its own: joiners, direction marks, variation selectors, soft hyphens, the letters of flags.
pub fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0020}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}'
    )
}

/// Whether the character runs from right to left.
pub(super) fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}' | '\u{2067}' | '\u{202b}' | '\u{202e}' | '\u{200f}')
}

/// The script that shaping should go by; `None` for what all scripts share.
pub(super) fn own_script(c: char) -> Option<Script> {
    Some(script(c)).filter(|s| !matches!(s, Script::Common | Script::Inherited | Script::Unknown))
}

/// Whether the character belongs to the one before it.
pub(super) fn is_mark(c: char) -> bool {
    script(c) == Script::Inherited
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_agrees_with_the_tables() {
        for c in '\0'..='\u{3000}' {
            assert_eq!(script(c), c.script(), "{:04X}", u32::from(c));
        }
    }
}
