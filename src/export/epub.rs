//! The book as an EPUB 3.3 file with an NCX for old readers.
//!
//! epub-builder makes the package document, the NCX and the container from the book's list of files. It leaves gaps (no roles, no
//! accessibility metadata, colliding ids), so both documents are completed here before the archive is written. Chapters never pass
//! through it: they are compressed side by side.

mod archive;
mod package;

pub use archive::Packed;

use crate::book::{Book, CONTENTS, COVER, FONTS, Kind, Leaf};
use crate::world::Date;
use crate::xml::clean;
use archive::Archive;
use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ReferenceType, ZipLibrary};
use std::fmt;
use std::io::{Seek, Write};

/// The namespace of our identifiers: UUID version 5 of this project's name under the URL namespace.
const PROJECT: &str = "https://cardamom.example/book/";

/// What went wrong inside; never the fault of a recipe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpubError(pub(super) String);

impl fmt::Display for EpubError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the EPUB can't be made: {}", self.0)
    }
}

impl std::error::Error for EpubError {}

impl From<epub_builder::Error> for EpubError {
    fn from(e: epub_builder::Error) -> Self {
        EpubError(e.to_string())
    }
}

/// The file of a book, as far as it is written. Pages and pictures are compressed on any thread ([`pack`]) and added in reading order;
/// none of them stays in memory.
pub struct Writer<W: Write + Seek>(Archive<W>);

impl<W: Write + Seek> Writer<W> {
    /// Begins the file of a book in `file`, which is empty, with `date` as the time of its last change.
    ///
    /// # Errors
    /// epub-builder gave something other than what it is known to give.
    pub fn new(book: &Book<'_>, date: Date, file: W) -> Result<Writer<W>, EpubError> {
        let skeleton = skeleton(book, date)?;
        let parts = archive::read(&skeleton)?;
        drop(skeleton);
        let package = package::opf(parts.text("OEBPS/content.opf")?, book)?;
        let ncx = package::ncx(book);
        let mut out = Archive::new(file)?;
        out.append(archive::compress(&[
            ("META-INF/container.xml".into(), parts.bytes("META-INF/container.xml")?),
            ("OEBPS/content.opf".into(), package.as_bytes()),
            ("OEBPS/toc.ncx".into(), ncx.as_bytes()),
        ])?)?;
        Ok(Writer(out))
    }

    /// Adds files that were compressed.
    ///
    /// # Errors
    /// Two files have one name.
    pub fn add(&mut self, packed: Packed) -> Result<(), EpubError> {
        self.0.append(packed)
    }

    /// The finished file.
    ///
    /// # Errors
    /// The archive can't be closed.
    pub fn finish(self) -> Result<W, EpubError> {
        self.0.finish()
    }
}

/// Compresses some files of a book: names as the book's pages write them, and bytes.
///
/// # Errors
/// Two files have one name.
pub fn pack(files: &[(&str, &[u8])]) -> Result<Packed, EpubError> {
    let files: Vec<(String, &[u8])> = files.iter().map(|(name, bytes)| (format!("OEBPS/{name}"), *bytes)).collect();
    archive::compress(&files)
}

/// The identifier of a book: the user's, or one that follows from what the book is.
fn identifier(book: &Book<'_>) -> (String, uuid::Uuid) {
    let uuid = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, format!("{PROJECT}{}", book.meta.seed).as_bytes());
    (book.meta.identifier.clone().unwrap_or_else(|| format!("urn:uuid:{uuid}")), uuid)
}

/// The chapters but for the contents: those up to where the text begins, and the rest, which are nothing but their files.
fn chapters<'b>(book: &'b Book<'_>) -> (Vec<&'b Leaf>, Vec<&'b Leaf>) {
    let mut begun = false;
    let chapters = book.leaves.iter().filter(|c| c.kind != Kind::Contents);
    chapters.partition(|c| {
        let front = !begun;
        begun |= is_text(c);
        front
    })
}

fn is_text(leaf: &Leaf) -> bool {
    matches!(leaf.kind, Kind::Part | Kind::Recipe { .. })
}

/// epub-builder's archive of the book, with empty chapters. Of chapters in the text and of pictures it has the last alone, which is the
/// model for the others: it would compress each of thousands of empty files.
fn skeleton(book: &Book<'_>, date: Date) -> Result<Vec<u8>, EpubError> {
    let meta = &book.meta;
    let mut b = EpubBuilder::new(ZipLibrary::new()?)?;
    b.epub_version(EpubVersion::V33);
    b.set_uuid(identifier(book).1);
    let modified = chrono::DateTime::from_timestamp(date.seconds, 0);
    let modified = modified.ok_or_else(|| EpubError("the date is out of range".into()))?;
    b.set_modified_date(modified);
    b.set_generator("Cardamom");
    b.set_title(clean(&meta.title));
    b.set_authors(meta.authors.iter().map(|a| clean(a)).collect());
    b.set_languages(meta.languages.iter().map(|l| l.as_str().to_owned()).collect());
    if let Some(rights) = &meta.rights {
        b.set_license(clean(rights));
    }
    if let Some(description) = &meta.description {
        b.set_description(vec![clean(description)]);
    }
    let subjects = if meta.subjects.is_empty() { vec!["Cooking".to_owned()] } else { meta.subjects.clone() };
    b.set_subjects(subjects.iter().map(|s| clean(s)).collect());
    let rtl = meta.languages[0].direction() == crate::locale::Direction::Rtl;
    b.metadata("direction", if rtl { "rtl" } else { "ltr" })?;
    let contents = book.leaves.iter().find(|l| l.file == CONTENTS);
    b.set_toc_name(contents.map_or("Contents", |c| c.title.as_str()));
    b.add_cover_image(COVER, &[][..], "image/jpeg")?;
    let (front, rest) = chapters(book);
    for chapter in front.iter().chain(rest.last()) {
        let mut content = EpubContent::new(chapter.file.as_str(), &[][..]).title(clean(&chapter.title));
        content = match chapter.kind {
            Kind::Cover => content.reftype(ReferenceType::Cover),
            Kind::Title => content.reftype(ReferenceType::TitlePage),
            _ if is_text(chapter) && front.iter().any(|f| f.file == chapter.file) => {
                content.reftype(ReferenceType::Text)
            }
            _ => content,
        };
        b.add_content(content)?;
    }
    if let Some(name) = book.pictures.last() {
        b.add_resource(name, &[][..], "image/jpeg")?;
    }
    if !book.fonts.is_empty() {
        b.add_resource(FONTS, &[][..], "text/css")?;
        for font in &book.fonts {
            b.add_resource(&font.file, &[][..], font.media_type)?;
        }
    }
    let mut out = Vec::new();
    b.generate(&mut out)?;
    Ok(out)
}
