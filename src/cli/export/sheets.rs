//! Sheets: what the flags ask of them, and the files of sheets.

use super::Job;
use crate::cards::{self, CardJob, Finished};
use crate::cli::args::{Duplex, Export, Holes, MarkName, Sheets};
use crate::cli::complain;
use crate::diag::{Diagnostic, Place};
use crate::export::pdf;
use crate::frame::{self, Document};
use crate::impose::{self, Imposed, Mark, STOCKS, SheetPlan, Sides, Stock, Target, slug};
use crate::source::{Source, Sources, Span};
use crate::text::Shaper;
use crate::world::World;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What the flags ask of sheets.
pub(super) fn plan(
    world: &dyn World,
    args: &Export,
    diagnostics: &mut Vec<Diagnostic>,
    sources: &mut Sources,
) -> Option<SheetPlan> {
    let s = &apart_from_idle_defaults(args);
    if let Some(d) = contradiction(s, args) {
        diagnostics.push(d);
        return None;
    }
    let target = match (&s.sheet, &s.stock) {
        (Some(paper), _) => Target::Paper(paper.clone()),
        (None, Some(name)) => Target::Stock(Box::new(stock(world, name, diagnostics, sources)?)),
        (None, None) => Target::Card,
    };
    let mut sides = s.duplex.map_or(Sides::Auto, Into::into);
    if s.marks.contains(&MarkName::Fold) {
        sides = Sides::Fold;
    }
    let marks: BTreeSet<Mark> = s.marks.iter().filter_map(|m| m.mark()).collect();
    let offset = |o: Option<crate::cli::args::Offset>| o.map_or((0.0, 0.0), |o| (o.0, o.1));
    Some(SheetPlan {
        gutter: s.gutter,
        margins: s.printer_margin.unwrap_or_default(),
        bleed: s.bleed,
        sides,
        back_offset: offset(s.back_offset),
        nudge: offset(s.nudge),
        marks: (!s.marks.is_empty()).then_some(marks),
        cut_lines: s.cut_lines,
        // a hole is at one place, whichever side is looked at
        keep_top: s.marks.contains(&MarkName::Hole) || args.cards.punch != Holes::None,
        film: args.cards.laminate.is_some(),
        ..SheetPlan::new(target)
    })
}

/// The flags for sheets, but for defaults that have nothing to do: a file may say how sheets are marked, and a printer how stocks
/// are nudged, whatever is printed today.
fn apart_from_idle_defaults(args: &Export) -> Sheets {
    let mut s = args.sheets.clone();
    let idle = |key: &str, unless: bool| args.defaults.gives(key) && !unless;
    let (sheet, stock) = (s.sheet.is_some(), s.stock.is_some());
    let folds = s.marks.contains(&MarkName::Fold);
    if idle("marks", sheet || stock && !folds) {
        s.marks.clear();
    }
    s.cut_lines &= !idle("cut-lines", sheet || stock);
    s.gutter = s.gutter.filter(|_| !idle("gutter", sheet));
    s.nudge = s.nudge.filter(|_| !idle("nudge", stock));
    let typed_fold = folds && !args.defaults.gives("marks");
    if idle("duplex", !typed_fold && (sheet || s.duplex != Some(Duplex::Fold))) {
        s.duplex = None;
    }
    if idle("marks", s.duplex.is_none_or(|d| d == Duplex::Fold)) {
        s.marks.retain(|m| *m != MarkName::Fold);
    }
    s
}

/// Flags that don't go together.
fn contradiction(s: &Sheets, args: &Export) -> Option<Diagnostic> {
    let no = |message: &str, hint: &str| Some(Diagnostic::error("flags", message).hint(hint));
    let folds = s.duplex == Some(Duplex::Fold) || s.marks.contains(&MarkName::Fold);
    if s.marks.contains(&MarkName::None) && s.marks.len() > 1 {
        return no("`none` is no mark beside others", "write --marks none, or the marks you want");
    }
    if folds && s.duplex.is_some_and(|d| d != Duplex::Fold) {
        return no("a card that is folded is printed on one side", "leave --duplex out, or give --duplex fold");
    }
    let on_paper = s.marks.iter().any(|m| m.mark().is_some()) || s.cut_lines || s.gutter.is_some();
    if on_paper && s.sheet.is_none() && s.stock.is_none() {
        return no("marks and gutters need paper around the cards", "add --sheet a4 or --sheet letter");
    }
    if folds && s.sheet.is_none() {
        return no("front and back beside each other need a sheet of paper", "add --sheet a4 or --sheet letter");
    }
    if s.gutter.is_some() && s.stock.is_some() {
        return no("a stock has gutters of its own", "leave --gutter out");
    }
    if s.nudge.is_some() && s.stock.is_none() {
        return no("only the places of a stock can be nudged", "add --stock NAME; backs are moved by --back-offset");
    }
    if s.duplex == Some(Duplex::Manual) && args.output.pdf.as_deref() == Some(Path::new("-")) {
        return no("fronts and backs are two files, and there is one standard output", "name a file: --pdf cards.pdf");
    }
    None
}

/// A stock by name, or from a file.
fn stock(world: &dyn World, name: &str, diagnostics: &mut Vec<Diagnostic>, sources: &mut Sources) -> Option<Stock> {
    if let Some(stock) = Stock::built_in(name) {
        return Some(stock);
    }
    let path = Path::new(name);
    if !world.is_file(path) {
        let stocks: Vec<(&str, Stock)> =
            STOCKS.iter().filter_map(|(key, text)| Some((*key, Stock::parse(text).ok()?))).collect();
        let known: Vec<&str> =
            stocks.iter().flat_map(|(key, s)| [*key].into_iter().chain(s.also.iter().map(String::as_str))).collect();
        // the number alone will do
        let numbers = known.iter().filter_map(|k| k.rsplit_once('-')).map(|(_, number)| number);
        let meant = crate::diag::did_you_mean(name, known.iter().copied().chain(numbers));
        let hint = meant.map_or_else(
            || format!("stocks: {}; or name a file like those in templates/stocks", known.join(", ")),
            |m| format!("did you mean `{m}`?"),
        );
        diagnostics.push(Diagnostic::error("unknown-stock", format!("there is no stock `{name}`")).hint(hint));
        return None;
    }
    let text = world.read(path).ok().and_then(|b| String::from_utf8(b).ok());
    let Some(text) = text else {
        diagnostics.push(Diagnostic::error("unreadable", format!("`{name}` can't be read as text")));
        return None;
    };
    let parsed = Stock::parse(&text);
    let file = sources.add(Source::new(name, text));
    parsed
        .map_err(|e| {
            let place = e.place.map_or(Place::File, |p| Place::Bytes(Span::new(p.start, p.end)));
            diagnostics.push(Diagnostic::error("bad-stock", e.message).place(file, place));
        })
        .ok()
}

/// How far colour is drawn over the edge of cards.
pub(super) fn bleed(args: &Export) -> f32 {
    let on_sheets = args.sheets.sheet.is_some() || args.sheets.stock.is_some();
    args.sheets.bleed.unwrap_or(if on_sheets { impose::BLEED } else { 0.0 })
}

impl Job<'_> {
    /// Makes the file of some cards, or its two files.
    pub(super) fn card_file(&mut self, finished: &[Finished], job: &CardJob, path: &Path) {
        let (ink, date) = (job.options.ink, self.loaded.date);
        let document = Document { ink, ..cards::document(&self.loaded, finished) };
        let imposed = match impose::impose(&document.cards, &self.sheets) {
            Ok(imposed) => imposed,
            Err(e) => {
                complain(&format!("error: {}\n  = help: {}\n", e.message, e.hint));
                (self.failed, self.wrong_usage) = (true, true);
                return;
            }
        };
        let Some(mut imposed) = imposed else {
            self.keep(path, pdf::export(&document, &self.book, date));
            return;
        };
        let words = slug::Words { theme: &self.themes.cards.name, lang: &document.lang };
        slug::add(&mut imposed, &self.sheets, words, &mut Shaper::new(&self.book));
        let mut told = self.tell_of(&imposed, finished.len());
        let Imposed { sheets, backs, duplex, .. } = imposed;
        let with = |sheets| Document {
            sheets: Some(sheets),
            duplex: Some(duplex),
            ink,
            ..cards::document(&self.loaded, finished)
        };
        let fronts = pdf::export(&with(sheets), &self.book, date);
        match backs {
            None => self.keep(path, fronts),
            Some(backs) => {
                let backs = pdf::export(&with(backs), &self.book, date);
                let (first, second) = (beside(path, "fronts"), beside(path, "backs"));
                if !self.args.talk.quiet && !self.fed {
                    self.fed = true;
                    told.push(feeding(&first, &second));
                }
                self.keep(&first, fronts);
                self.keep(&second, backs);
            }
        }
        told.iter().for_each(|line| complain(line));
    }

    /// What is to be said of sheets.
    fn tell_of(&mut self, imposed: &Imposed, recipes: usize) -> Vec<String> {
        let asked = self.sheets.marks.is_some();
        let missing: Vec<&str> =
            imposed.left_out.iter().map(String::as_str).filter(|what| asked || what.contains("crop")).collect();
        if !missing.is_empty() {
            let list = crate::locale::english().list(&missing);
            let message = format!("no room at the edges of the sheet for {list}");
            let hint = "larger paper leaves room, or a smaller --size, --bleed or --gutter; --cut-lines draws the edges of cards instead";
            self.diagnostics.push(Diagnostic::warning("no-room", message).hint(hint));
        }
        if asked && matches!(self.sheets.target, Target::Stock(_)) && self.args.sheets.marks.contains(&MarkName::Crop) {
            let message = "a stock is cut already, and gets no crop marks";
            self.diagnostics
                .push(Diagnostic::warning("no-cut", message).hint("--cut-lines shows its edges on plain paper"));
        }
        let mut told = Vec::new();
        // what the sheets themselves have no room to say
        let says = self.sheets.marks().contains(&Mark::Info) && !imposed.left_out.iter().any(|what| what == slug::LINE);
        if !says && !self.args.talk.quiet && !self.fed && self.sheets.target != Target::Card {
            let edge = match imposed.duplex {
                frame::Duplex::LongEdge => Some("long"),
                frame::Duplex::ShortEdge => Some("short"),
                frame::Duplex::Simplex => None,
            };
            if let Some(edge) = edge {
                self.fed = true;
                told.push(format!("print the sheets on both sides at 100%, flipped on the {edge} edge\n"));
            }
        }
        if self.args.talk.verbose && self.sheets.target != Target::Card {
            let l = &imposed.layout;
            let sides = imposed.sheets.len() + imposed.backs.as_ref().map_or(0, Vec::len);
            let what = crate::cli::other::count;
            told.push(format!(
                "{} on {}, {} of {}, {} × {} to a side\n",
                what(recipes, "recipe"),
                what(sides, "side"),
                l.paper_name,
                impose::measures(l.paper),
                l.grid.0,
                l.grid.1
            ));
        }
        told
    }
}

/// `cards.pdf` as `cards-fronts.pdf`.
fn beside(path: &Path, what: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let end = path.extension().map_or(String::new(), |e| format!(".{}", e.to_string_lossy()));
    path.with_file_name(format!("{stem}-{what}{end}"))
}

fn feeding(fronts: &Path, backs: &Path) -> String {
    format!(
        "print {} on one side; put the stack back as it came out, the last sheet on top, and print {}: it begins with that sheet's back\n",
        fronts.display(),
        backs.display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::{Args, Command};
    use crate::world::Memory;
    use clap::Parser;

    fn planned(flags: &[&str]) -> SheetPlan {
        let words = ["cardamom", "export", "--pdf", "x.pdf"].iter().chain(flags);
        let Command::Export(args) = Args::try_parse_from(words).expect("flags").command else { panic!("export") };
        let world = Memory::default();
        plan(&world, &args, &mut Vec::new(), &mut Sources::default()).expect("a plan")
    }

    #[test]
    fn a_hole_keeps_the_tops_of_both_sides_together() {
        assert!(!planned(&["--sheet", "a4"]).keep_top);
        for flags in [["--punch", "ring"], ["--punch", "2-hole"], ["--marks", "hole"]] {
            assert!(planned(&[&["--sheet", "a4"], &flags[..]].concat()).keep_top, "{flags:?}");
        }
    }
}
