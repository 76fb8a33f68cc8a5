//! Diagnostics drawn for a terminal.

use crate::diag::{Diagnostic, Location, Place, Severity};
use crate::source::{FileId, NodeId, Sources, Span};
use crate::yaml::Locator;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// How often one warning is shown with its line; the other files it holds for are listed.
const SAME: usize = 4;

/// All diagnostics as text, in the order of files and lines; errors and warnings counted.
pub(super) struct Report {
    pub(super) text: String,
    pub(super) errors: usize,
    pub(super) warnings: usize,
}

/// Draws diagnostics. Lines and columns are worked out here, for the files that need it.
pub(super) fn draw(diagnostics: &[Diagnostic], sources: &Sources, styled: bool) -> Report {
    let locators = locators(diagnostics, sources);
    let mut placed: Vec<(Option<(FileId, Span)>, &Diagnostic)> =
        diagnostics.iter().map(|d| (d.at.as_ref().map(|at| place(at, sources, &locators)), d)).collect();
    placed.sort_by_key(|(at, d)| (at.map(|(f, s)| (f, s.start)), d.severity));
    placed.dedup_by(|a, b| a.0 == b.0 && a.1.message == b.1.message);
    let mut report = Report { text: String::new(), errors: 0, warnings: 0 };
    let mut said: BTreeMap<&str, usize> = BTreeMap::new();
    let mut more: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (at, d) in placed {
        match d.severity {
            Severity::Error => report.errors += 1,
            Severity::Warning => report.warnings += 1,
        }
        let times = said.entry(&d.message).or_default();
        *times += 1;
        if d.severity == Severity::Warning && *times > SAME {
            more.entry(&d.message).or_default().extend(at.map(|(f, _)| sources.get(f).name.as_str()));
            continue;
        }
        let other = d.other.as_ref().map(|(l, words)| (place(l, sources, &locators), words.as_str()));
        report.text += &one(d, at, other, sources, styled);
        report.text += "\n\n";
    }
    for (message, files) in more {
        report.text += &format!("warning: {message}, also in\n");
        for file in files {
            report.text += &format!("  {file}\n");
        }
        report.text += "\n";
    }
    report
}

/// Scans the files that diagnostics name, each as far as it must be.
fn locators(diagnostics: &[Diagnostic], sources: &Sources) -> BTreeMap<FileId, Locator> {
    let mut last: BTreeMap<FileId, Option<NodeId>> = BTreeMap::new();
    for at in diagnostics.iter().flat_map(|d| d.at.iter().chain(d.other.iter().map(|(at, _)| at))) {
        let node = match &at.place {
            Place::File | Place::Bytes(_) => None,
            Place::Node(node) | Place::Within(node, _) => Some(*node),
        };
        let there = last.entry(at.file).or_default();
        *there = (*there).max(node);
    }
    let scan = |(file, node): (FileId, Option<NodeId>)| {
        (file, node.map(|node| Locator::up_to(&sources.get(file).text, node)).unwrap_or_default())
    };
    last.into_iter().collect::<Vec<_>>().into_par_iter().map(scan).collect::<Vec<_>>().into_iter().collect()
}

fn place(at: &Location, sources: &Sources, locators: &BTreeMap<FileId, Locator>) -> (FileId, Span) {
    let text = &sources.get(at.file).text;
    (at.file, locators.get(&at.file).map(|locator| locator.resolve(&at.place, text)).unwrap_or_default())
}

fn one(
    d: &Diagnostic,
    at: Option<(FileId, Span)>,
    other: Option<((FileId, Span), &str)>,
    sources: &Sources,
    styled: bool,
) -> String {
    let level = match d.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(&d.message));
    if let Some((file, span)) = at {
        let source = sources.get(file);
        let (start, end) = (span.start.min(source.text.len()), one_line(&source.text, span));
        let mut primary = AnnotationKind::Primary.span(start..end);
        if let Some(label) = &d.label {
            primary = primary.label(label);
        }
        let mut snippet = Snippet::source(&*source.text).path(&source.name).annotation(primary);
        if let Some(((other_file, span), words)) = other
            && other_file == file
        {
            snippet =
                snippet.annotation(AnnotationKind::Context.span(span.start..one_line(&source.text, span)).label(words));
        }
        group = group.element(snippet);
        if let Some(((other_file, span), words)) = other
            && other_file != file
        {
            let source = sources.get(other_file);
            let context = AnnotationKind::Context.span(span.start..one_line(&source.text, span)).label(words);
            group = group.element(Snippet::source(&*source.text).path(&source.name).annotation(context));
        }
    }
    if let Some(hint) = &d.hint {
        group = group.element(Level::HELP.message(hint));
    }
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii).render(&[group])
}

/// The end of a span, at the end of its first line at the latest.
fn one_line(text: &str, span: Span) -> usize {
    let start = span.start.min(text.len());
    let rest = &text[start..];
    let line = rest.find('\n').unwrap_or(rest.len());
    (start + line).min(span.end.max(start)).min(text.len())
}
