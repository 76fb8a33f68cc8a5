//! `cardamom calibrate`.

use super::args::{Calibrate, Edge, Offset};
use super::{complain, config, hand_out, say};
use crate::calibration::{self, Calibration, Reading};
use crate::export::pdf;
use crate::fonts::FontBook;
use crate::geom::{mm, to_mm};
use crate::impose::{PAPERS, Paper};
use crate::load::NO_DATE;
use crate::world::World;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use toml_edit::Value;

pub(super) fn run(world: &dyn World, args: &Calibrate) -> ExitCode {
    // what is read on a page whose back was moved is added to that
    let mut offset = args.back_offset;
    match Reading::of(&args.readings) {
        Ok(None) => {}
        Ok(Some(reading)) => {
            let Offset(x, y) = offset.unwrap_or_default();
            offset = Some(Offset(x + reading.back_offset.0, y + reading.back_offset.1));
            if let Some(spread) = reading.spread {
                complain(&format!(
                    "warning: the sheets differ by {:.1} mm, which is the printer's feeder and can't be put right\n",
                    spread / 10.0
                ));
            }
        }
        Err(why) => return wrong(&why),
    }
    if offset.is_some_and(|o| o.0.abs().max(o.1.abs()) > mm(20.0) + 0.01) {
        return wrong("backs can be moved by 20 mm at most, and these readings and --back-offset add up to more");
    }
    let page = match args.sheet.as_ref().map(|paper| page(world, args, paper, offset)) {
        Some(Ok(page)) => Some(page),
        Some(Err(why)) => return wrong(&why),
        None => None,
    };
    if let Some(printer) = &args.printer
        && let Err(code) = save(world, args, printer, offset)
    {
        return code;
    }
    match (page, &args.sheet) {
        (Some(bytes), Some(paper)) => write(world, args, paper, &bytes),
        _ => ExitCode::SUCCESS,
    }
}

/// Says that the flags don't do, and why.
fn wrong(why: &str) -> ExitCode {
    complain(&format!("error: {why}\n"));
    ExitCode::from(2)
}

/// The test page, its back moved.
fn page(world: &dyn World, args: &Calibrate, paper: &Paper, offset: Option<Offset>) -> Result<Vec<u8>, String> {
    let wanted = Calibration {
        paper: paper.clone(),
        short_edge: args.duplex == Some(Edge::Short),
        back_offset: offset.map_or((0.0, 0.0), |o| (o.0, o.1)),
    };
    let book = FontBook::new();
    let page = calibration::test_page(&wanted, &book)?;
    Ok(pdf::export(&page.document(), &book, world.fixed_date().unwrap_or(NO_DATE)))
}

/// Saves what is known of a printer.
fn save(world: &dyn World, args: &Calibrate, printer: &str, offset: Option<Offset>) -> Result<(), ExitCode> {
    let mut values: Vec<(&str, Value)> = Vec::new();
    if let Some(Offset(x, y)) = offset {
        values.push(("back-offset", [x, y].map(millimetres).into_iter().collect()));
    }
    if let Some(margin) = &args.printer_margin {
        values.push(("printer-margin", margin.as_str().into()));
    }
    if let Some(edge) = args.duplex {
        values.push(("duplex", if edge == Edge::Short { "short" } else { "long" }.into()));
    }
    if values.is_empty() {
        complain(&format!(
            "error: there is nothing to save for the printer `{printer}`\n  = help: add --readings A,B,C,D as read on the page of `cardamom calibrate --sheet a4`\n"
        ));
        return Err(ExitCode::from(2));
    }
    let list: Vec<String> = values.iter().map(|(key, value)| format!("{key} = {}", value.to_string().trim())).collect();
    let path = config::save(world, printer, values)?;
    if !args.quiet {
        let to_standard_output = args.pdf.as_deref() == Some(Path::new("-"));
        let told = format!("saved for --printer {printer} in {}: {}\n", path.display(), list.join(", "));
        if to_standard_output { complain(&told) } else { say(&told) }
    }
    Ok(())
}

/// To the hundredth, for a person to read.
fn millimetres(points: f32) -> f64 {
    let hundredths = (f64::from(to_mm(points)) * 100.0).round();
    // no minus before nothing
    if hundredths == 0.0 { 0.0 } else { hundredths / 100.0 }
}

fn write(world: &dyn World, args: &Calibrate, paper: &Paper, bytes: &[u8]) -> ExitCode {
    let path = args.pdf.clone().unwrap_or_else(|| named_after(paper));
    let edge = if args.duplex == Some(Edge::Short) { "short" } else { "long" };
    let advice = format!("print it on both sides at 100%, flipped on the {edge} edge, and hold it against a lamp");
    deliver(world, &path, bytes, (!args.quiet).then_some(advice.as_str()))
}

/// Writes a page to a file, or to standard output for `-`, and says so, with advice.
pub(super) fn deliver(world: &dyn World, path: &Path, bytes: &[u8], advice: Option<&str>) -> ExitCode {
    if path == Path::new("-") {
        return ExitCode::from(u8::from(hand_out(&mut &bytes[..]).is_err()));
    }
    if let Err(e) = world.write(path, bytes) {
        complain(&format!("error: `{}` can't be written: {e}\n", path.display()));
        return ExitCode::from(1);
    }
    if let Some(advice) = advice {
        say(&format!("wrote {}: {advice}\n", path.display()));
    }
    ExitCode::SUCCESS
}

/// `calibration-a4.pdf`, or `calibration-200x300mm.pdf`.
fn named_after(paper: &Paper) -> PathBuf {
    let named = PAPERS.iter().find(|(_, name, _)| *name == paper.name);
    let key = named.map_or_else(|| paper.name.replace(" × ", "x").replace(' ', ""), |(key, ..)| (*key).to_owned());
    PathBuf::from(format!("calibration-{key}.pdf"))
}
