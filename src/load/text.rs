//! From bytes to text.

use crate::diag::{Diagnostic, Place};
use crate::source::{FileId, Source, Sources, Span};
use std::path::Path;

/// A file's text, and what is wrong with its bytes.
pub(super) struct Decoded {
    source: Source,
    wrong: Option<(Place, Diagnostic)>,
}

/// Decodes a file; notes bytes that are not UTF-8, with the place of the first.
pub(super) fn decode(path: &Path, bytes: Vec<u8>) -> Decoded {
    let name = if path == Path::new("-") { super::STDIN.to_owned() } else { path.display().to_string() };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf".as_slice()).map(<[u8]>::to_vec).unwrap_or(bytes);
    let e = match String::from_utf8(bytes) {
        Ok(text) => return Decoded { source: Source::new(name, text), wrong: None },
        Err(e) => e,
    };
    let valid = e.utf8_error().valid_up_to();
    let bytes = e.as_bytes();
    let wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let (message, hint) = if wide {
        ("this file is UTF-16, not UTF-8", "save it again as UTF-8 (in Notepad: Save as, Encoding: UTF-8)".to_owned())
    } else {
        (
            "this file is not UTF-8",
            format!(
                "save it again as UTF-8; this byte (0x{:02X}) would be `{}` in Latin-1",
                bytes[valid], bytes[valid] as char
            ),
        )
    };
    let text = if wide { String::new() } else { String::from_utf8_lossy(bytes).into_owned() };
    let width = text.get(valid..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
    let place = if wide { Place::File } else { Place::Bytes(Span::new(valid, valid + width)) };
    let wrong = Some((place, Diagnostic::error("wrong-encoding", message).hint(hint)));
    Decoded { source: Source::new(name, text), wrong }
}

impl Decoded {
    /// Adds it to the sources, and reports what is wrong with it.
    pub(super) fn add(self, sources: &mut Sources, diagnostics: &mut Vec<Diagnostic>) -> FileId {
        let id = sources.add(self.source);
        diagnostics.extend(self.wrong.map(|(place, d)| d.place(id, place)));
        id
    }
}

/// Decodes a file and adds it.
pub(crate) fn add(path: &Path, bytes: Vec<u8>, sources: &mut Sources, diagnostics: &mut Vec<Diagnostic>) -> FileId {
    decode(path, bytes).add(sources, diagnostics)
}
