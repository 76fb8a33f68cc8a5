//! The book as printed pages.

use super::Job;
use crate::book::Printed;
use crate::cli::args::{Export, Images, Inks, PhotoSize};
use crate::cli::complain;
use crate::cli::progress::Progress;
use crate::export::pdf;
use crate::volumes::{self, Photos, VolumeJob};
use std::path::Path;

impl Job<'_> {
    pub(super) fn volume(&mut self, path: &Path) {
        if self.must_stop() {
            return;
        }
        let args = self.args;
        let usual = args.book.book_size;
        let job = VolumeJob {
            format: if args.cards.large_print { usual.in_large_print() } else { usual },
            photos: photos(args),
            allow_missing_glyphs: args.fonts.allow_missing_glyphs,
            system_fonts: !args.fonts.no_system_fonts,
        };
        let contents = volumes::prepare(&self.loaded, &mut self.book, &self.themes.pages, &job);
        let progress = Progress::new(contents.len(), args.talk.quiet);
        let made = volumes::make(self.world, &self.loaded, &contents, &self.themes.pages, &self.book, &job, &|| {
            progress.step()
        });
        progress.end();
        self.diagnostics.extend(made.diagnostics);
        if self.must_stop() {
            return;
        }
        if args.talk.verbose {
            for (recipe, told) in self.loaded.cookbook.recipes.iter().zip(&made.value.recipes) {
                complain(&format!("{}: page {}, {}\n", recipe.slug, told.first, told.chosen));
            }
        }
        if args.book.page_list {
            let told = self.loaded.cookbook.recipes.iter().zip(&made.value.recipes);
            let pages = told.map(|(recipe, t)| (recipe.slug.clone(), t.first..t.first + t.pages)).collect();
            self.printed = Some(Printed { pages });
        }
        // a large book takes much memory: it is left as soon as it can be
        drop(contents);
        let mut volume = made.value;
        let drawing = pdf::draw(&volumes::document(&volume), &self.book);
        volume.forget_frames();
        let bytes = drawing.finish(&volumes::document(&volume), self.loaded.date);
        self.keep(path, bytes);
    }
}

/// One ink prints no photo unless it is asked for by name, as on cards.
fn photos(args: &Export) -> Photos {
    let (asked, black) = (args.cards.photo, args.cards.ink == Inks::Black);
    Photos {
        none: asked == Some(PhotoSize::None) || asked.is_none() && black || args.book.images == Some(Images::None),
        grey: black || args.book.grey_images,
        small: asked == Some(PhotoSize::Small),
    }
}
