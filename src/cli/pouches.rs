//! `cardamom pouches`.

use super::args::Pouches;
use super::calibrate::deliver;
use super::{complain, say};
use crate::export::pdf;
use crate::fonts::FontBook;
use crate::lamination::{Guide, guide_page};
use crate::load::NO_DATE;
use crate::pouch::{self, Pouch};
use crate::world::World;
use std::path::PathBuf;
use std::process::ExitCode;

pub(super) fn run(world: &dyn World, args: &Pouches) -> ExitCode {
    let Some(pouch) = &args.guide else {
        list();
        return ExitCode::SUCCESS;
    };
    match page(world, args, pouch) {
        Ok(bytes) => {
            let named = || PathBuf::from(format!("laminating-{}.pdf", pouch.name));
            let path = args.pdf.clone().unwrap_or_else(named);
            deliver(world, &path, &bytes, Some("print it at 100%, and lay card and pouch on it"))
        }
        Err(why) => {
            complain(&format!("error: {why}\n"));
            ExitCode::from(2)
        }
    }
}

fn list() {
    for pouch in Pouch::known() {
        say(&format!("{:<12} {:<18} {}\n", pouch.name, pouch::millimetres(pouch.size), pouch.what));
    }
    say(
        "or a size of your own, such as --laminate 110x162mm: the film must be 3 mm wider than the card on every side, 5 mm for the kitchen\n",
    );
}

fn page(world: &dyn World, args: &Pouches, pouch: &Pouch) -> Result<Vec<u8>, String> {
    let card = match &args.size {
        Some(size) => size.size,
        None => pouch.largest_card()?.size,
    };
    let book = FontBook::new();
    let page = guide_page(&Guide { pouch: pouch.clone(), card, paper: args.sheet.clone() }, &book)?;
    Ok(pdf::export(&page.document(), &book, world.fixed_date().unwrap_or(NO_DATE)))
}
