//! `cardamom calibrate`.

use super::args::{Calibrate, Edge};
use super::{complain, say};
use crate::calibration::{self, Calibration};
use crate::export::pdf;
use crate::fonts::FontBook;
use crate::impose::PAPERS;
use crate::load::NO_DATE;
use crate::world::World;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(super) fn run(world: &dyn World, args: &Calibrate) -> ExitCode {
    let short_edge = args.duplex == Edge::Short;
    let wanted = Calibration {
        paper: args.sheet.clone(),
        short_edge,
        back_offset: args.back_offset.map_or((0.0, 0.0), |o| (o.0, o.1)),
    };
    let book = FontBook::new();
    let page = match calibration::test_page(&wanted, &book) {
        Ok(page) => page,
        Err(why) => {
            complain(&format!("error: {why}\n"));
            return ExitCode::from(2);
        }
    };
    let bytes = pdf::export(&page.document(), &book, world.fixed_date().unwrap_or(NO_DATE));
    let path = args.pdf.clone().unwrap_or_else(|| named_after(args));
    if path == Path::new("-") {
        let mut out = std::io::stdout().lock();
        return ExitCode::from(u8::from(out.write_all(&bytes).and_then(|()| out.flush()).is_err()));
    }
    if let Err(e) = world.write(&path, &bytes) {
        complain(&format!("error: `{}` can't be written: {e}\n", path.display()));
        return ExitCode::from(1);
    }
    if !args.quiet {
        let edge = if short_edge { "short" } else { "long" };
        say(&format!(
            "wrote {}: print it on both sides at 100%, flipped on the {edge} edge, and hold it against a lamp\n",
            path.display()
        ));
    }
    ExitCode::SUCCESS
}

/// `calibration-a4.pdf`, or `calibration-200x300mm.pdf`.
fn named_after(args: &Calibrate) -> PathBuf {
    let named = PAPERS.iter().find(|(_, name, _)| *name == args.sheet.name);
    let key = named.map_or_else(|| args.sheet.name.replace(" × ", "x").replace(' ', ""), |(key, ..)| (*key).to_owned());
    PathBuf::from(format!("calibration-{key}.pdf"))
}
