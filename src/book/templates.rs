//! The book's templates: built in, or a folder of the user's that replaces some of them.

mod check;

use crate::diag::{Diagnostic, Place};
use crate::source::{Source, Sources, Span};
use crate::world::World;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, escape_formatter};
use serde::Serialize;
use std::path::Path;

/// The built-in templates.
const BUILT_IN: [(&str, &str); 14] = [
    ("page.xhtml", include_str!("../../templates/book/page.xhtml")),
    ("cover.xhtml", include_str!("../../templates/book/cover.xhtml")),
    ("title.xhtml", include_str!("../../templates/book/title.xhtml")),
    ("contents.xhtml", include_str!("../../templates/book/contents.xhtml")),
    ("introduction.xhtml", include_str!("../../templates/book/introduction.xhtml")),
    ("part.xhtml", include_str!("../../templates/book/part.xhtml")),
    ("half-title.xhtml", include_str!("../../templates/book/half-title.xhtml")),
    ("cook.xhtml", include_str!("../../templates/book/cook.xhtml")),
    ("cook-list.xhtml", include_str!("../../templates/book/cook-list.xhtml")),
    ("colophon.xhtml", include_str!("../../templates/book/colophon.xhtml")),
    ("index.xhtml", include_str!("../../templates/book/index.xhtml")),
    ("recipe.xhtml", include_str!("../../templates/book/recipe.xhtml")),
    (super::STYLE, include_str!("../../templates/book/style.css")),
    (super::FONTS, include_str!("../../templates/book/fonts.css")),
];

/// Templates, parsed.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
    style: String,
    /// The user's, whose pages are looked at before they go into a book.
    own: Vec<check::Own>,
    /// Whether anything is the user's, be it the style sheet alone.
    any_own: bool,
}

/// A template that can't be used: what is wrong, with the templates' texts to show it in.
#[derive(Debug, Default)]
pub struct TemplateError {
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// The user's templates.
    pub sources: Sources,
}

impl Templates {
    /// The built-in templates, with those of a folder in their places.
    ///
    /// # Errors
    /// The folder has no template, or one that can't be parsed.
    pub fn load(world: &dyn World, folder: Option<&Path>) -> Result<Templates, TemplateError> {
        let mut environment = Environment::new();
        // values are finished XHTML: nothing is escaped a second time
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.set_formatter(|out, state, value| match value.as_str() {
            Some(text) => Ok(out.write_str(text)?),
            None => escape_formatter(out, state, value),
        });
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_trim_blocks(true);
        environment.set_lstrip_blocks(true);
        environment.set_keep_trailing_newline(true);
        let mut style = String::new();
        let mut error = TemplateError::default();
        let mut found = 0;
        let mut templates = Vec::new();
        for (name, built_in) in BUILT_IN {
            let own = folder.map(|f| f.join(name)).filter(|p| world.is_file(p));
            let mut text = built_in.to_owned();
            let mut file = None;
            if let Some(path) = own {
                found += 1;
                match world.read(&path).ok().and_then(|b| String::from_utf8(b).ok()) {
                    Some(read) => {
                        file = Some(error.sources.add(Source::new(path.display().to_string(), read.clone())));
                        if name.ends_with(".xhtml") {
                            let path = path.display().to_string();
                            templates.push(check::Own { path, text: read.clone() });
                        }
                        if name.ends_with(".css")
                            && let (Some((at, what)), Some(file)) = (check::lone_sign(&read), file)
                        {
                            let message = format!("the style sheet would not be read to its end: {what}");
                            let d = Diagnostic::error("bad-template", message);
                            error.diagnostics.push(d.place(file, Place::Bytes(Span::new(at, at + 1))));
                        }
                        text = read;
                    }
                    None => error.diagnostics.push(Diagnostic::error(
                        "unreadable",
                        format!("the template `{}` can't be read as text", path.display()),
                    )),
                }
            }
            if name == super::STYLE {
                style = text;
            } else if let Err(e) = environment.add_template_owned(name, text) {
                error.add(&e, file);
            }
        }
        if let Some(folder) = folder.filter(|_| found == 0) {
            let names: Vec<&str> = BUILT_IN.iter().map(|(n, _)| *n).collect();
            let message = format!("no template in the folder `{}`", folder.display());
            error.diagnostics.push(
                Diagnostic::error("no-template", message).hint(format!("templates are called {}", names.join(", "))),
            );
        }
        if error.diagnostics.is_empty() {
            Ok(Templates { environment, style, own: templates, any_own: found > 0 })
        } else {
            Err(error)
        }
    }

    /// Whether anything is the user's.
    pub(super) fn has_own(&self) -> bool {
        self.any_own
    }

    /// The style sheet.
    pub fn style(&self) -> &str {
        &self.style
    }

    /// A page from a template.
    ///
    /// # Errors
    /// The template uses what is not there, or the page is not well-formed.
    pub(super) fn render(&self, name: &str, view: &impl Serialize) -> Result<String, TemplateError> {
        let rendered = self.environment.get_template(name).and_then(|t| t.render(view));
        let page = rendered.map_err(|e| {
            let mut error = TemplateError::default();
            let text = e.name().and_then(|n| self.environment.get_template(n).ok()).map(|t| t.source().to_owned());
            let shown = e.name().unwrap_or(name);
            let path = self.own.iter().find(|o| o.path.ends_with(shown)).map_or(shown, |o| &o.path);
            let file = text.map(|t| error.sources.add(Source::new(path, t)));
            error.add(&e, file);
            error
        })?;
        if !self.own.is_empty() && name.ends_with(".xhtml") {
            check::check(&page, &self.own)?;
        }
        Ok(page)
    }
}

impl TemplateError {
    fn add(&mut self, e: &minijinja::Error, file: Option<crate::source::FileId>) {
        let what = e.detail().map_or_else(|| e.kind().to_string(), |d| format!("{}: {d}", e.kind()));
        let mut diagnostic = Diagnostic::error("bad-template", format!("a template can't be used: {what}"));
        if let Some(file) = file {
            let text = &self.sources.get(file).text;
            let line = e.line().unwrap_or(1);
            let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
            let this = text[start.min(text.len())..].lines().next().unwrap_or_default();
            let lead = this.len() - this.trim_start().len();
            let span = Span::new(start + lead, start + this.trim_end().len().max(lead));
            diagnostic = diagnostic.place(file, Place::Bytes(span));
        }
        self.diagnostics.push(diagnostic);
    }
}
