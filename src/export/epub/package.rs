//! What epub-builder's package document and NCX lack. Every change names the text it replaces; a text that is not there, or not as
//! often as it should be, is an error and not a silently broken book.

use super::{EpubError, identifier};
use crate::book::{Book, CONTENTS, Kind, STYLE};
use crate::xml::escape;
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
    swap(&out, title, &format!("{title}\n    <itemref idref=\"nav\"/>"))
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

/// The NCX, completed.
pub(super) fn ncx(text: &str, book: &Book<'_>) -> Result<String, EpubError> {
    let (id, _) = identifier(book);
    let deep = book.leaves.iter().any(|c| c.kind == Kind::Recipe { in_part: true });
    let lang = book.meta.languages[0].as_str();
    let mut out = swap(text, "<ncx version=\"2005-1\"", &format!("<ncx version=\"2005-1\" xml:lang=\"{lang}\""))?;
    out = swap(
        &out,
        "<meta name=\"dtb:depth\" content=\"1\" />",
        &format!(
            "<meta name=\"dtb:uid\" content=\"{}\" />\n    <meta name=\"dtb:depth\" content=\"{}\" />",
            escape(&id),
            if deep { 2 } else { 1 }
        ),
    )?;
    let contents = book.leaves.iter().find(|c| c.file == CONTENTS).map_or("Contents", |c| c.title.as_str());
    let old = format!("<docTitle>\n    <text>{}</text>", html_text(contents));
    swap(&out, &old, &format!("<docTitle>\n    <text>{}</text>", escape(&book.meta.title)))
}

/// Text as epub-builder escapes it.
fn html_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
