//! The operators that show glyphs.

use super::content::utf16;

/// Operators of a text section as they stand in the file: marked pieces, colours, faces, places, glyph numbers in strings with
/// corrections of the pen between them. As printpdf's operations they would take more time than all else that is drawn.
pub(super) struct Shown {
    /// All of it ASCII.
    text: Vec<u8>,
    in_array: bool,
    in_string: bool,
}

impl Shown {
    pub(super) fn new() -> Self {
        Shown { text: Vec::with_capacity(4096), in_array: false, in_string: false }
    }

    /// What has gathered, as a single operator; `None` where there is nothing.
    pub(super) fn take(&mut self) -> Option<String> {
        // printpdf ends the line
        self.text.pop();
        let taken = String::from_utf8(self.text.clone()).ok().filter(|text| !text.is_empty());
        self.text.clear();
        taken
    }

    /// Begins a marked piece.
    pub(super) fn begin_marked(&mut self, number: usize) {
        self.text.extend_from_slice(b"/Span<</MCID ");
        push_whole(&mut self.text, number as i32);
        self.text.extend_from_slice(b">>BDC\n");
    }

    /// Begins a piece whose text is spelled out for whoever copies or hears it.
    pub(super) fn begin_spelled(&mut self, text: &str) {
        self.text.extend_from_slice(b"/Span<</ActualText");
        if text.bytes().all(|b| matches!(b, b' '..=b'~')) {
            self.text.push(b'(');
            for byte in text.bytes() {
                if matches!(byte, b'(' | b')' | b'\\') {
                    self.text.push(b'\\');
                }
                self.text.push(byte);
            }
            self.text.push(b')');
        } else {
            self.text.push(b'<');
            let digit = |value: u8| b"0123456789ABCDEF"[usize::from(value)];
            self.text.extend(utf16(text).into_iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]));
            self.text.push(b'>');
        }
        self.text.extend_from_slice(b">>BDC\n");
    }

    /// Ends what was begun last.
    pub(super) fn end_marked(&mut self) {
        self.text.extend_from_slice(b"EMC\n");
    }

    /// The colour, in thousandths: three parts, or one of black ink.
    pub(super) fn colour(&mut self, parts: &[i32]) {
        self.operands(parts);
        self.text.extend_from_slice(if parts.len() == 1 { b"g\n".as_slice() } else { b"rg\n" });
    }

    /// The face, by its resource name, and its size in thousandths of a point.
    pub(super) fn face(&mut self, name: &str, size: i32) {
        self.text.push(b'/');
        self.text.extend_from_slice(name.as_bytes());
        self.text.push(b' ');
        self.operands(&[size]);
        self.text.extend_from_slice(b"Tf\n");
    }

    /// The space after every glyph, in thousandths of a point.
    pub(super) fn spacing(&mut self, space: i32) {
        self.operands(&[space]);
        self.text.extend_from_slice(b"Tc\n");
    }

    /// Where the next glyph stands, from where the line began before, in thousandths of a point.
    pub(super) fn move_by(&mut self, x: i32, y: i32) {
        self.end_array();
        self.operands(&[x, y]);
        self.text.extend_from_slice(b"Td\n");
    }

    /// A glyph.
    pub(super) fn glyph(&mut self, code: &Code) {
        self.array();
        if !std::mem::replace(&mut self.in_string, true) {
            self.text.push(b'(');
        }
        // so many bytes are copied at once that it is quicker to take some back than to copy fewer
        let end = self.text.len() + usize::from(code.length);
        self.text.extend_from_slice(&code.bytes);
        self.text.truncate(end);
    }

    /// Moves the pen back by so many thousandths of an em.
    pub(super) fn correct(&mut self, thousandths: i32) {
        self.array();
        if std::mem::replace(&mut self.in_string, false) {
            self.text.push(b')');
        }
        push_whole(&mut self.text, thousandths);
    }

    fn array(&mut self) {
        if !std::mem::replace(&mut self.in_array, true) {
            self.text.push(b'[');
        }
    }

    /// Shows the glyphs since the last move.
    pub(super) fn end_array(&mut self) {
        if std::mem::replace(&mut self.in_array, false) {
            if std::mem::replace(&mut self.in_string, false) {
                self.text.push(b')');
            }
            self.text.extend_from_slice(b"]TJ\n");
        }
    }

    /// Numbers from thousandths, each with a space after it.
    fn operands(&mut self, thousandths: &[i32]) {
        for value in thousandths {
            push_thousandths(&mut self.text, *value);
            self.text.push(b' ');
        }
    }
}

/// A glyph's number as it stands in a string.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Code {
    bytes: [u8; 8],
    length: u8,
}

impl Code {
    /// That of a number in the file.
    pub(super) fn of(id: u16) -> Code {
        let mut code = Code::default();
        for byte in id.to_be_bytes() {
            match byte {
                b'(' | b')' | b'\\' => code.push(&[b'\\', byte]),
                b'\r' => code.push(b"\\r"),
                0x80.. => code.push(&[b'\\', b'0' + (byte >> 6), b'0' + (byte >> 3 & 7), b'0' + (byte & 7)]),
                _ => code.push(&[byte]),
            }
        }
        code
    }

    fn push(&mut self, bytes: &[u8]) {
        let start = usize::from(self.length);
        self.bytes[start..start + bytes.len()].copy_from_slice(bytes);
        self.length += bytes.len() as u8;
    }
}

/// A whole number.
fn push_whole(out: &mut Vec<u8>, value: i32) {
    if value < 0 {
        out.push(b'-');
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
    out.extend_from_slice(&digits[at..]);
}

/// A number with up to three decimals.
fn push_thousandths(out: &mut Vec<u8>, value: i32) {
    if value < 0 {
        out.push(b'-');
    }
    let (whole, rest) = (value.unsigned_abs() / 1000, value.unsigned_abs() % 1000);
    push_whole(out, whole as i32);
    if rest > 0 {
        let digits = [rest / 100, rest / 10 % 10, rest % 10].map(|d| b'0' + d as u8);
        let count = 3 - digits.iter().rev().take_while(|d| **d == b'0').count();
        out.push(b'.');
        out.extend_from_slice(&digits[..count]);
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
            shown.glyph(&Code::of(id));
        }
        shown.correct(-20);
        shown.glyph(&Code::of(0x0180));
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
            let mut out = Vec::new();
            push_thousandths(&mut out, v);
            String::from_utf8(out).unwrap()
        };
        let all = [0, 1, -1, 10, 120, 999, 1000, -1001, 25_512, i32::MIN].map(written);
        assert_eq!(all, ["0", "0.001", "-0.001", "0.01", "0.12", "0.999", "1", "-1.001", "25.512", "-2147483.648"]);
    }
}
