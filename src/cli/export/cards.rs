//! Cards: one PDF of all, or one a recipe.

use super::{Job, wishes};
use crate::cards::{self, CardJob};
use crate::cli::args::{Export, Format};
use crate::cli::complain;
use crate::cli::progress::Progress;
use crate::cli::streams;
use crate::impose::SheetPlan;

/// What the flags ask of cards.
fn card_job(args: &Export, sheets: &SheetPlan) -> CardJob {
    CardJob {
        include: args.selection.include.clone(),
        allow_missing_glyphs: args.fonts.allow_missing_glyphs,
        system_fonts: !args.fonts.no_system_fonts,
        code: args.cards.qr.clone(),
        ..CardJob::new(wishes::options(args, sheets))
    }
}

impl Job<'_> {
    pub(super) fn cards(&mut self) {
        let args = self.args;
        let job = card_job(args, &self.sheets);
        let (warning, pouch) = wishes::sealed(args, &self.sheets);
        self.diagnostics.extend(warning);
        if let Some(pouch) = pouch.filter(|_| args.talk.verbose) {
            complain(&format!("{pouch}\n"));
        }
        let contents = cards::prepare(&self.loaded, &mut self.book, &self.themes.cards, &job);
        let progress = Progress::new(contents.len(), args.talk.quiet);
        let laid = cards::lay_out(self.world, &self.loaded, &contents, &self.themes.cards, &self.book, &job, &|| {
            progress.step()
        });
        progress.end();
        streams::part_with(contents);
        self.diagnostics.extend(laid.diagnostics);
        let finished = laid.value;
        if self.must_stop() || finished.is_empty() {
            return;
        }
        let finished = self.only_changed(finished, &job.options.size);
        if finished.is_empty() {
            return;
        }
        if args.talk.verbose {
            for f in &finished {
                complain(&format!("{}: {}\n", self.loaded.cookbook.recipes[f.recipe].slug, f.chosen));
            }
        }
        if let Some(path) = &args.output.pdf {
            self.card_file(&finished, &job, path);
            if self.failed {
                return;
            }
        }
        if let Some(folder) = args.output.out_dir.as_ref().filter(|_| args.output.formats.contains(&Format::Pdf)) {
            for one in finished.chunks(1) {
                let name = format!("{}.pdf", self.loaded.cookbook.recipes[one[0].recipe].slug);
                self.card_file(one, &job, &folder.join(name));
                if self.failed {
                    return;
                }
            }
        }
        streams::part_with(finished);
    }
}
