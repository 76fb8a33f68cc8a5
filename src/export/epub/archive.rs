//! The zip archive around a book.

use super::EpubError;
use std::collections::BTreeMap;
use std::io::{BufWriter, Cursor, Read, Seek, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

impl From<zip::result::ZipError> for EpubError {
    fn from(e: zip::result::ZipError) -> Self {
        EpubError(e.to_string())
    }
}

impl From<std::io::Error> for EpubError {
    fn from(e: std::io::Error) -> Self {
        EpubError(e.to_string())
    }
}

/// Files of an archive.
pub(super) struct Parts(BTreeMap<String, Vec<u8>>);

impl Parts {
    pub(super) fn bytes(&self, name: &str) -> Result<&[u8], EpubError> {
        self.0.get(name).map(Vec::as_slice).ok_or_else(|| EpubError(format!("epub-builder wrote no {name}")))
    }

    pub(super) fn text(&self, name: &str) -> Result<&str, EpubError> {
        std::str::from_utf8(self.bytes(name)?).map_err(|e| EpubError(e.to_string()))
    }
}

/// The documents that are not empty in epub-builder's archive.
pub(super) fn read(bytes: &[u8]) -> Result<Parts, EpubError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut out = BTreeMap::new();
    for name in ["META-INF/container.xml", "OEBPS/content.opf", "OEBPS/toc.ncx"] {
        let mut file = archive.by_name(name)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text)?;
        out.insert(name.to_owned(), text);
    }
    Ok(Parts(out))
}

/// Files of a book, compressed: an archive of their own.
pub struct Packed(Vec<u8>);

/// The archive of a book: the type first and uncompressed, the rest as it is added; one fixed date, no comment.
pub(super) struct Archive<W: Write + Seek>(ZipWriter<BufWriter<W>>);

impl<W: Write + Seek> Archive<W> {
    pub(super) fn new(file: W) -> Result<Archive<W>, EpubError> {
        let mut zip = ZipWriter::new(BufWriter::new(file));
        zip.start_file("mimetype", options(CompressionMethod::Stored))?;
        zip.write_all(b"application/epub+zip")?;
        Ok(Archive(zip))
    }

    pub(super) fn append(&mut self, packed: Packed) -> Result<(), EpubError> {
        Ok(self.0.merge_archive(ZipArchive::new(Cursor::new(packed.0))?)?)
    }

    pub(super) fn finish(self) -> Result<W, EpubError> {
        Ok(self.0.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?)
    }
}

/// Compresses some files.
pub(super) fn compress(files: &[(String, &[u8])]) -> Result<Packed, EpubError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        // a JPEG file does not get smaller
        let method = if name.ends_with(".jpg") { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(name.as_str(), options(method))?;
        zip.write_all(bytes)?;
    }
    Ok(Packed(zip.finish()?.into_inner()))
}

fn options(method: CompressionMethod) -> SimpleFileOptions {
    let level = (method == CompressionMethod::Deflated).then_some(2);
    SimpleFileOptions::default()
        .compression_method(method)
        .compression_level(level)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_comes_first_as_the_standard_wants_it() {
        let long = "x".repeat(10_000);
        let files: Vec<(String, &[u8])> = (0..60).map(|i| (format!("f{i}.xhtml"), long.as_bytes())).collect();
        let write = || {
            let mut archive = Archive::new(Cursor::new(Vec::new())).unwrap();
            files.chunks(24).for_each(|c| archive.append(compress(c).unwrap()).unwrap());
            archive.finish().unwrap().into_inner()
        };
        let bytes = write();
        // OCF 3.3, 4.2.3: no extra field, not compressed, at byte 30
        assert_eq!(&bytes[26..58], b"\x08\x00\x00\x00mimetypeapplication/epub+zip");
        let mut archive = ZipArchive::new(Cursor::new(&bytes)).unwrap();
        assert_eq!(archive.len(), 61);
        assert_eq!(archive.name_for_index(60), Some("f59.xhtml"));
        let mut text = String::new();
        archive.by_name("f37.xhtml").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, long);
        assert!(archive.comment().is_empty());
        assert_eq!(bytes, write());
    }
}
