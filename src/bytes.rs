//! Sets of bytes, to pass quickly over what no rule is about: most of a text is letters of ASCII.

/// Letters and figures of ASCII.
pub(crate) static WORD: ByteSet = ByteSet::of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

/// A set of bytes.
#[derive(Clone)]
pub(crate) struct ByteSet([bool; 256]);

impl ByteSet {
    /// The set of these.
    pub(crate) const fn of(bytes: &[u8]) -> ByteSet {
        let mut set = [false; 256];
        let mut n = 0;
        while n < bytes.len() {
            set[bytes[n] as usize] = true;
            n += 1;
        }
        ByteSet(set)
    }

    /// With those that begin a character beyond ASCII.
    pub(crate) const fn and_beyond_ascii(mut self) -> ByteSet {
        // those below 0xc0 go on with one
        let mut byte = 0xc0;
        while byte < 256 {
            self.0[byte] = true;
            byte += 1;
        }
        self
    }

    /// With those that control machines.
    pub(crate) const fn and_controls(mut self) -> ByteSet {
        let mut byte = 0;
        while byte < 0x20 {
            self.0[byte] = true;
            byte += 1;
        }
        self.0[0x7f] = true;
        self
    }

    /// With the first byte of a character.
    pub(crate) fn and(mut self, c: char) -> ByteSet {
        self.0[usize::from(c.encode_utf8(&mut [0; 4]).as_bytes()[0])] = true;
        self
    }

    pub(crate) fn has(&self, byte: u8) -> bool {
        self.0[usize::from(byte)]
    }

    /// The first place of one of them from a place on.
    pub(crate) fn find(&self, text: &[u8], from: usize) -> Option<usize> {
        text.get(from..)?.iter().position(|b| self.has(*b)).map(|n| from + n)
    }

    /// The same where they are rare, so that eight bytes at a time mostly have none.
    pub(crate) fn find_rare(&self, text: &[u8], from: usize) -> Option<usize> {
        let (eights, _) = text.get(from..)?.as_chunks::<8>();
        let none = eights.iter().take_while(|eight| !eight.iter().fold(false, |any, b| any | self.has(*b))).count();
        self.find(text, from + none * 8)
    }
}

impl Default for ByteSet {
    fn default() -> Self {
        ByteSet([false; 256])
    }
}

impl FromIterator<u8> for ByteSet {
    fn from_iter<I: IntoIterator<Item = u8>>(bytes: I) -> Self {
        let mut set = ByteSet::default();
        bytes.into_iter().for_each(|b| set.0[usize::from(b)] = true);
        set
    }
}

impl std::fmt::Debug for ByteSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries((0..=255u8).filter(|b| self.has(*b)).map(char::from)).finish()
    }
}

/// Whether two spaces may stand side by side in a text; a sign behind a space may be taken for a second one.
pub(crate) fn may_have_double_space(text: &str) -> bool {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHEST: u64 = ONES << 7;
    const SPACES: u64 = u64::from_ne_bytes([b' '; 8]);
    let (eights, rest) = text.as_bytes().as_chunks::<8>();
    let mut last_is_space = false;
    for eight in eights {
        // in every byte that is a space, and perhaps in one of those behind it, the highest bit is set
        let other = u64::from_le_bytes(*eight) ^ SPACES;
        let spaces = other.wrapping_sub(ONES) & !other & HIGHEST;
        if spaces & (spaces << 8 | u64::from(last_is_space) << 7) != 0 {
            return true;
        }
        last_is_space = spaces >> 63 == 1;
    }
    last_is_space && rest.first() == Some(&b' ') || rest.windows(2).any(|w| w == b"  ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn characters_beyond_ascii_are_found_by_their_first_byte() {
        let set = ByteSet::of(b"-").and('»');
        let text = "aé - b»";
        assert_eq!(set.find(text.as_bytes(), 0), text.find('-'));
        assert_eq!(set.find(text.as_bytes(), 5), text.find('»'));
        assert_eq!(set.find(text.as_bytes(), text.len()), None);
        assert_eq!(set.find(text.as_bytes(), text.len() + 1), None);
        assert_eq!(ByteSet::of(b"").and_beyond_ascii().find(text.as_bytes(), 0), text.find('é'));
        assert_eq!(ByteSet::of(b"").and_controls().find(b"a\x7fb\tc", 2), Some(3));
        assert_eq!(format!("{:?}", ByteSet::of(b"ba")), "{'a', 'b'}");
    }

    proptest! {
        #[test]
        fn both_ways_find_the_same(text in "[a-z é]{0,60}", from in 0usize..64) {
            let set = ByteSet::of(b"aq").and('é');
            let plain = (from..text.len()).find(|i| matches!(text.as_bytes()[*i], b'a' | b'q' | 0xc3));
            prop_assert_eq!(set.find(text.as_bytes(), from), plain);
            prop_assert_eq!(set.find_rare(text.as_bytes(), from), plain);
        }

        #[test]
        fn no_double_space_is_passed_over(text in "[ab! ]{0,12}[a-z]{0,40}(  )[a-z]{0,40}[ é]{0,3}", single in "([a-zé]{1,4} ){0,20}") {
            prop_assert!(may_have_double_space(&text));
            prop_assert!(!may_have_double_space(&single));
        }
    }
}
