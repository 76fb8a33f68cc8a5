//! The operator that shows glyphs.

use std::fmt::Write;

/// The operator that shows text, with its operand before it: glyph numbers in strings, with corrections of the pen between them.
/// As a tree of objects the operand would take some hundred allocations a page.
pub(super) struct Shown {
    text: String,
    in_string: bool,
}

impl Shown {
    pub(super) fn new(glyphs: usize) -> Self {
        let mut text = String::with_capacity(3 * glyphs + 24);
        text.push('[');
        Shown { text, in_string: false }
    }

    pub(super) fn glyph(&mut self, id: u16) {
        if !std::mem::replace(&mut self.in_string, true) {
            self.text.push('(');
        }
        for byte in id.to_be_bytes() {
            match byte {
                b'(' | b')' | b'\\' => self.text.extend(['\\', char::from(byte)]),
                b'\r' => self.text.push_str("\\r"),
                0x80.. => {
                    let _ = write!(self.text, "\\{byte:o}");
                }
                _ => self.text.push(char::from(byte)),
            }
        }
    }

    /// Moves the pen back by so many thousandths of an em.
    pub(super) fn correct(&mut self, thousandths: i32) {
        if std::mem::replace(&mut self.in_string, false) {
            self.text.push(')');
        }
        let _ = write!(self.text, "{thousandths}");
    }

    /// The whole; `None` where nothing is shown.
    pub(super) fn finish(mut self) -> Option<String> {
        self.in_string.then(|| {
            self.text.push_str(")] TJ");
            self.text
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Shown;

    #[test]
    fn strings_with_corrections_between() {
        let mut shown = Shown::new(6);
        // a parenthesis, a backslash, a carriage return and a byte that is no ASCII
        for id in [0x2829, 0x005c, 0x0d41] {
            shown.glyph(id);
        }
        shown.correct(-20);
        shown.glyph(0x0180);
        assert_eq!(shown.finish().unwrap(), "[(\\(\\)\0\\\\\\rA)-20(\u{1}\\200)] TJ");
        assert!(Shown::new(0).finish().is_none());
    }
}
