//! The operators that show glyphs.

use super::content::utf16;
use std::fmt::Write;

/// Operators of a text section as they stand in the file: marked pieces, colours, faces, places, glyph numbers in strings with
/// corrections of the pen between them. As printpdf's operations they would take more time than all else that is drawn.
pub(super) struct Shown {
    text: String,
    in_array: bool,
    in_string: bool,
}

impl Shown {
    pub(super) fn new() -> Self {
        Shown { text: String::with_capacity(4096), in_array: false, in_string: false }
    }

    /// What has gathered, as a single operator; `None` where there is nothing.
    pub(super) fn take(&mut self) -> Option<String> {
        // printpdf ends the line
        self.text.pop();
        let taken = (!self.text.is_empty()).then(|| self.text.clone());
        self.text.clear();
        taken
    }

    /// Begins a marked piece.
    pub(super) fn begin_marked(&mut self, number: usize) {
        self.text.push_str("/Span<</MCID ");
        push_whole(&mut self.text, number as i32);
        self.text.push_str(">>BDC\n");
    }

    /// Begins a piece whose text is spelled out for whoever copies or hears it.
    pub(super) fn begin_spelled(&mut self, text: &str) {
        self.text.push_str("/Span<</ActualText");
        if text.bytes().all(|b| matches!(b, b' '..=b'~')) {
            self.text.push('(');
            for c in text.chars() {
                if matches!(c, '(' | ')' | '\\') {
                    self.text.push('\\');
                }
                self.text.push(c);
            }
            self.text.push(')');
        } else {
            self.text.push('<');
            for byte in utf16(text) {
                let _ = write!(self.text, "{byte:02X}");
            }
            self.text.push('>');
        }
        self.text.push_str(">>BDC\n");
    }

    /// Ends what was begun last.
    pub(super) fn end_marked(&mut self) {
        self.text.push_str("EMC\n");
    }

    /// The colour, in thousandths: three parts, or one of black ink.
    pub(super) fn colour(&mut self, parts: &[i32]) {
        self.operands(parts);
        self.text.push_str(if parts.len() == 1 { "g\n" } else { "rg\n" });
    }

    /// The face, by its resource name, and its size in thousandths of a point.
    pub(super) fn face(&mut self, name: &str, size: i32) {
        self.text.push('/');
        self.text.push_str(name);
        self.text.push(' ');
        self.operands(&[size]);
        self.text.push_str("Tf\n");
    }

    /// The space after every glyph, in thousandths of a point.
    pub(super) fn spacing(&mut self, space: i32) {
        self.operands(&[space]);
        self.text.push_str("Tc\n");
    }

    /// Where the next glyph stands, from where the line began before, in thousandths of a point.
    pub(super) fn move_by(&mut self, x: i32, y: i32) {
        self.end_array();
        self.operands(&[x, y]);
        self.text.push_str("Td\n");
    }

    /// A glyph, by its number in the file.
    pub(super) fn glyph(&mut self, id: u16) {
        self.array();
        if !std::mem::replace(&mut self.in_string, true) {
            self.text.push('(');
        }
        for byte in id.to_be_bytes() {
            match byte {
                b'(' | b')' | b'\\' => self.text.extend(['\\', char::from(byte)]),
                b'\r' => self.text.push_str("\\r"),
                0x80.. => {
                    self.text.push('\\');
                    self.text.extend([byte >> 6, byte >> 3 & 7, byte & 7].map(|digit| char::from(b'0' + digit)));
                }
                _ => self.text.push(char::from(byte)),
            }
        }
    }

    /// Moves the pen back by so many thousandths of an em.
    pub(super) fn correct(&mut self, thousandths: i32) {
        self.array();
        if std::mem::replace(&mut self.in_string, false) {
            self.text.push(')');
        }
        push_whole(&mut self.text, thousandths);
    }

    fn array(&mut self) {
        if !std::mem::replace(&mut self.in_array, true) {
            self.text.push('[');
        }
    }

    /// Shows the glyphs since the last move.
    pub(super) fn end_array(&mut self) {
        if std::mem::replace(&mut self.in_array, false) {
            self.text.push_str(if std::mem::replace(&mut self.in_string, false) { ")]TJ\n" } else { "]TJ\n" });
        }
    }

    /// Numbers from thousandths, each with a space after it.
    fn operands(&mut self, thousandths: &[i32]) {
        for value in thousandths {
            push_thousandths(&mut self.text, *value);
            self.text.push(' ');
        }
    }
}

/// A whole number.
fn push_whole(out: &mut String, value: i32) {
    if value < 0 {
        out.push('-');
    }
    let mut digits = [b'0'; 10];
    let mut at = digits.len();
    let mut rest = value.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend(digits[at..].iter().map(|d| char::from(*d)));
}

/// A number with up to three decimals.
fn push_thousandths(out: &mut String, value: i32) {
    if value < 0 {
        out.push('-');
    }
    let (whole, rest) = (value.unsigned_abs() / 1000, value.unsigned_abs() % 1000);
    push_whole(out, whole as i32);
    if rest > 0 {
        out.push('.');
        let digits = [rest / 100, rest / 10 % 10, rest % 10];
        let count = 3 - digits.iter().rev().take_while(|d| **d == 0).count();
        out.extend(digits[..count].iter().map(|d| char::from(b'0' + *d as u8)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_with_corrections_between() {
        let mut shown = Shown::new();
        shown.move_by(-1500, 20_040);
        // a parenthesis, a backslash, a carriage return and a byte that is no ASCII
        for id in [0x2829, 0x005c, 0x0d41] {
            shown.glyph(id);
        }
        shown.correct(-20);
        shown.glyph(0x0180);
        shown.end_array();
        assert_eq!(shown.take().unwrap(), "-1.5 20.04 Td\n[(\\(\\)\0\\\\\\rA)-20(\u{1}\\200)]TJ");
        assert!(shown.take().is_none());
    }

    #[test]
    fn marked_pieces() {
        let mut shown = Shown::new();
        shown.begin_marked(12);
        shown.begin_spelled("a (b\\c)");
        shown.colour(&[580, 204, 0]);
        shown.face("T3", 7200);
        shown.end_marked();
        shown.begin_spelled("é\u{1}");
        shown.colour(&[1000]);
        shown.spacing(-200);
        let text = "/Span<</MCID 12>>BDC\n/Span<</ActualText(a \\(b\\\\c\\))>>BDC\n0.58 0.204 0 rg\n/T3 7.2 Tf\nEMC\n\
                    /Span<</ActualText<FEFF00E90001>>>BDC\n1 g\n-0.2 Tc";
        assert_eq!(shown.take().unwrap(), text);
    }

    #[test]
    fn numbers() {
        let written = |v: i32| {
            let mut out = String::new();
            push_thousandths(&mut out, v);
            out
        };
        let all = [0, 1, -1, 10, 120, 999, 1000, -1001, 25_512, i32::MIN].map(written);
        assert_eq!(all, ["0", "0.001", "-0.001", "0.01", "0.12", "0.999", "1", "-1.001", "25.512", "-2147483.648"]);
    }
}
