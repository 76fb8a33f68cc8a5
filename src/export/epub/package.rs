//! What epub-builder's package document and NCX lack. Every change names the text it replaces; a text that is not there, or not as
//! often as it should be, is an error and not a silently broken book.

use super::{EpubError, chapters, identifier};
use crate::book::{Book, Kind, STYLE, TocLine};
use crate::locale::{Label, locale};
use crate::xml::escape;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Replaces exactly one occurrence.
fn swap(text: &str, from: &str, to: &str) -> Result<String, EpubError> {
    if text.matches(from).count() == 1 {
        Ok(text.replacen(from, to, 1))
    } else {
        Err(EpubError(format!("`{from}` stands {} times in epub-builder's text", text.matches(from).count())))
    }
}

/// The package document, completed.
pub(super) fn opf(text: &str, book: &Book<'_>) -> Result<String, EpubError> {
    let meta = &book.meta;
    let lang = meta.languages[0].as_str();
    let (id, uuid) = identifier(book);
    let mut out = swap(
        text,
        "unique-identifier=\"epub-id-1\">",
        &format!("unique-identifier=\"epub-id-1\" xml:lang=\"{lang}\">"),
    )?;
    out = swap(&out, &format!(">urn:uuid:{uuid}<"), &format!(">{}<", escape(&id)))?;
    // languages and authors share their ids
    for (n, lang) in meta.languages.iter().enumerate() {
        let lang = lang.as_str();
        out = swap(
            &out,
            &format!("<dc:language id=\"epub-creator-{n}\">{lang}</dc:language>"),
            &format!("<dc:language>{lang}</dc:language>"),
        )?;
    }
    out = swap(&out, "  </metadata>", &format!("{}  </metadata>", metadata(book)))?;
    // the style sheet that epub-builder always adds is ours
    out = swap(&out, "href=\"stylesheet.css\"", &format!("href=\"{STYLE}\""))?;
    let title = "<itemref idref=\"id_title.xhtml\"/>";
    out = swap(&out, title, &format!("{title}\n    <itemref idref=\"nav\"/>"))?;
    let item = |media: &str, file: &str| {
        let id = file.replace('/', "_");
        format!("<item media-type=\"{media}\" id=\"id_{id}\" href=\"{file}\"/>")
    };
    let (_, rest) = chapters(book);
    let rest: Vec<&str> = rest.iter().map(|c| c.file.as_str()).collect();
    out = every(out, &rest, |file| item("application/xhtml+xml", file))?;
    out = every(out, &rest, |file| format!("<itemref idref=\"id_{file}\"/>"))?;
    let pictures: Vec<&str> = book.pictures.iter().map(String::as_str).collect();
    every(out, &pictures, |file| item("image/jpeg", file))
}

/// The lines of all files of a kind, where that of the last one stands. Names of files have no other signs than ids may have, and slashes.
fn every(text: String, files: &[&str], line: impl Fn(&str) -> String) -> Result<String, EpubError> {
    let Some(last) = files.last() else { return Ok(text) };
    let lines: Vec<String> = files.iter().map(|file| line(file)).collect();
    swap(&text, &line(last), &lines.join("\n    "))
}

/// Metadata that epub-builder has no words for.
fn metadata(book: &Book<'_>) -> String {
    let meta = &book.meta;
    let mut out = String::new();
    let mut add = |line: String| {
        let _ = writeln!(out, "    {line}");
    };
    if let Some(subtitle) = &meta.subtitle {
        add(format!("<dc:title id=\"subtitle\">{}</dc:title>", escape(subtitle)));
        add("<meta refines=\"#subtitle\" property=\"title-type\">subtitle</meta>".into());
    }
    if let Some(publisher) = &meta.publisher {
        add(format!("<dc:publisher>{}</dc:publisher>", escape(publisher)));
    }
    for (n, (name, role)) in meta.contributors.iter().enumerate() {
        let id = format!("contributor-{}", n + 1);
        add(format!("<dc:contributor id=\"{id}\">{}</dc:contributor>", escape(name)));
        add(format!("<meta refines=\"#{id}\" property=\"role\" scheme=\"marc:relators\">{role}</meta>"));
    }
    if let Some((series, number)) = &meta.series {
        add(format!("<meta property=\"belongs-to-collection\" id=\"series\">{}</meta>", escape(series)));
        add("<meta refines=\"#series\" property=\"collection-type\">series</meta>".into());
        if let Some(number) = number {
            add(format!("<meta refines=\"#series\" property=\"group-position\">{}</meta>", escape(number)));
        }
    }
    let property = |name: &str, value: &str| format!("<meta property=\"{name}\">{value}</meta>");
    add(property("schema:accessMode", "textual"));
    if !book.pictures.is_empty() {
        add(property("schema:accessMode", "visual"));
    }
    // who can't see photos that nobody described knows the recipes whole, but not all that the book shows
    let sufficient = if meta.all_described { "textual" } else { "textual,visual" };
    add(property("schema:accessModeSufficient", sufficient));
    for feature in ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability"] {
        add(property("schema:accessibilityFeature", feature));
    }
    if book.leaves.iter().any(|l| l.kind == Kind::Index) {
        add(property("schema:accessibilityFeature", "index"));
    }
    if book.page_list().is_some() {
        add(property("schema:accessibilityFeature", "pageNavigation"));
        // the printed book has the title and the number of this one (EPUB Accessibility 1.1, 4.2.3)
        add(property("pageBreakSource", &escape(meta.identifier.as_ref().unwrap_or(&meta.title))));
    }
    if meta.all_described {
        add(property("schema:accessibilityFeature", "alternativeText"));
    }
    add(property("schema:accessibilityHazard", "none"));
    add(property("schema:accessibilitySummary", summary(!book.pictures.is_empty(), meta.all_described)));
    // nobody can vouch for pages of the user's own
    if meta.all_described && !book.own_templates() {
        add(property("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"));
        // whoever claims conformance must say who evaluated it (EPUB Accessibility 1.1, 4.2): these pages are made to rules, by us
        add(property("a11y:certifiedBy", "Cardamom"));
    }
    out
}

/// What is true of this very book.
fn summary(pictures: bool, described: bool) -> &'static str {
    match (pictures, described) {
        (false, _) => "Text with headings, lists and a table of contents; the only picture is the cover.",
        (true, true) => "Text with headings, lists and a table of contents; every photo has an alternative text.",
        (true, false) => {
            "Text with headings, lists and a table of contents; some photos are named by their dish alone."
        }
    }
}

/// The NCX: the same lines as the contents, for readers that know no other.
pub(super) fn ncx(book: &Book<'_>) -> String {
    let (id, _) = identifier(book);
    let toc = book.toc();
    let depth = if toc.iter().any(|l| !l.under.is_empty()) { 2 } else { 1 };
    let pages = book.page_list().unwrap_or_default();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\" xml:lang=\"{}\">\n<head>\n\
         <meta name=\"dtb:uid\" content=\"{}\"/>\n<meta name=\"dtb:depth\" content=\"{depth}\"/>\n\
         <meta name=\"dtb:totalPageCount\" content=\"{}\"/>\n<meta name=\"dtb:maxPageNumber\" content=\"{}\"/>\n</head>\n\
         <docTitle><text>{}</text></docTitle>\n<navMap>\n",
        book.meta.languages[0].as_str(),
        escape(&id),
        pages.len(),
        pages.last().map_or(0, |(page, _)| *page),
        escape(&book.meta.title)
    );
    let mut places = Places::default();
    for line in &toc {
        places.open(&mut out, line);
        for line in &line.under {
            places.open(&mut out, line);
            out.push_str("</navPoint>\n");
        }
        out.push_str("</navPoint>\n");
    }
    out.push_str("</navMap>\n");
    if !pages.is_empty() {
        let label = escape(locale(&book.meta.languages[0]).label(Label::PageList));
        let _ = writeln!(out, "<pageList><navLabel><text>{label}</text></navLabel>");
        for (page, file) in pages {
            places.page(&mut out, page, file);
        }
        out.push_str("</pageList>\n");
    }
    out.push_str("</ncx>\n");
    out
}

/// Lines of an NCX so far, and the numbers of the places in the book that they lead to.
#[derive(Default)]
struct Places {
    lines: usize,
    numbers: BTreeMap<String, usize>,
}

impl Places {
    fn open(&mut self, out: &mut String, line: &TocLine) {
        self.lines += 1;
        let number = self.number(&line.file);
        let _ = write!(
            out,
            "<navPoint id=\"n{}\" playOrder=\"{number}\"><navLabel><text>{}</text></navLabel><content src=\"{}\"/>",
            self.lines,
            escape(&line.title),
            line.file
        );
    }

    fn page(&mut self, out: &mut String, page: usize, file: &str) {
        let number = self.number(file);
        let _ = writeln!(
            out,
            "<pageTarget id=\"p{page}\" type=\"normal\" value=\"{page}\" playOrder=\"{number}\"><navLabel><text>{page}</text></navLabel>\
             <content src=\"{file}\"/></pageTarget>"
        );
    }

    /// A place's number; what leads to one place has one number.
    fn number(&mut self, file: &str) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(file.to_owned()).or_insert(next)
    }
}
