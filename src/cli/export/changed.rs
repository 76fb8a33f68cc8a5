//! Only what has changed, and the stamp that tells versions apart.

use super::Job;
use crate::cards::{self, Finished, Stamp};
use crate::cli::complain;
use crate::fingerprint;
use crate::geom::CardSize;
use crate::load;
use crate::printed::Printed;
use rayon::prelude::*;
use std::path::Path;

impl Job<'_> {
    /// The cards that look different from the recorded ones, stamped where that is wanted; all of them without a record.
    pub(super) fn only_changed(&mut self, mut finished: Vec<Finished>, size: &CardSize) -> Vec<Finished> {
        let args = self.args;
        let path = args.selection.changed_since.as_deref();
        if path.is_none() && !args.cards.stamp {
            return finished;
        }
        let mut record = Printed::default();
        if let Some(path) = path {
            match self.read_record(path) {
                Some(read) => record = read,
                None => return Vec::new(),
            }
        }
        let kind = format!("{} {size} {}", args.cards.theme, args.kind);
        let (kind, date) = (kind.trim_end(), self.loaded.date);
        let slug = |f: &Finished| self.loaded.cookbook.recipes[f.recipe].slug.as_str();
        let mut prints: Vec<_> = finished.par_iter().map(|f| fingerprint::of(&f.card, &self.book)).collect();
        if let Some(path) = path {
            let news: Vec<bool> = finished.iter().zip(&prints).map(|(f, p)| !record.has(slug(f), kind, *p)).collect();
            let (mut a, mut b) = (news.iter(), news.iter());
            finished.retain(|_| a.next() == Some(&true));
            prints.retain(|_| b.next() == Some(&true));
            if finished.is_empty() {
                if !args.talk.quiet {
                    complain(&format!("nothing has changed since `{}`: no card to print\n", path.display()));
                }
                return finished;
            }
        }
        let versions: Vec<_> =
            finished.iter().zip(&prints).map(|(f, p)| record.version(slug(f), kind, *p, date)).collect();
        if args.cards.stamp {
            let numbered = path.is_some();
            let stamp =
                |i: usize| Stamp { number: numbered.then_some(versions[i].number), fingerprint: prints[i], date };
            cards::stamp(&mut finished, &self.themes.cards, &self.book, &stamp);
        }
        if let Some(path) = path {
            finished.iter().zip(versions).for_each(|(f, version)| record.note(slug(f), kind, version));
            self.record = Some((path.to_owned(), record.write().into_bytes()));
        }
        finished
    }

    /// The record of earlier runs; an empty one when there was none, nothing when it can't be used.
    fn read_record(&mut self, path: &Path) -> Option<Printed> {
        if !self.world.is_file(path) {
            return Some(Printed::default());
        }
        let before = self.diagnostics.len();
        let bytes = match self.world.read(path) {
            Ok(bytes) => bytes,
            Err(e) => {
                complain(&format!("error: `{}` can't be read: {e}\n", path.display()));
                self.failed = true;
                return None;
            }
        };
        let file = load::add_source(path, bytes, &mut self.loaded.sources, &mut self.diagnostics);
        let mut record = None;
        if self.diagnostics.len() == before {
            record = Some(Printed::read(file, self.loaded.sources.get(file), &mut self.diagnostics));
        }
        if self.diagnostics.len() > before {
            // a record with mistakes stays as it is, whatever else may go on
            self.failed = true;
            return None;
        }
        record
    }
}
