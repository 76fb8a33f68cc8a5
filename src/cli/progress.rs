//! A progress bar on a terminal; nothing where standard error is piped.

use super::streams;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;

/// A bar over so many recipes, or none.
pub(super) struct Progress(Option<ProgressBar>);

impl Progress {
    pub(super) fn new(count: usize, quiet: bool) -> Progress {
        if quiet || streams::listened_to() || !std::io::stderr().is_terminal() || count < 10 {
            return Progress(None);
        }
        let bar = ProgressBar::with_draw_target(Some(count as u64), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{msg:>10} {bar:40} {pos}/{len}") {
            bar.set_style(style);
        }
        bar.set_message("Cards");
        Progress(Some(bar))
    }

    pub(super) fn step(&self) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
        }
    }

    pub(super) fn end(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
