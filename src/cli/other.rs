//! The smaller commands.

use super::args::{Args, Check, New};
use super::{complain, report, say};
use crate::cookbook::slug;
use crate::geom::{self, to_mm};
use crate::load;
use crate::recipe;
use crate::world::World;
use clap::CommandFactory;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Whether messages may have colours; `anstream` takes them out again where they don't belong.
pub(super) const STYLED: bool = true;

pub(super) fn check(world: &dyn World, args: &Check) -> ExitCode {
    let loaded = load::load(world, &args.paths);
    let mut diagnostics = loaded.diagnostics;
    diagnostics.par_extend(loaded.value.cookbook.recipes.par_iter().flat_map_iter(recipe::check::check));
    let report = report::draw(&diagnostics, &loaded.value.sources, STYLED);
    complain(&report.text);
    let recipes = loaded.value.cookbook.recipes.len() + loaded.value.failed.len();
    if !args.talk.quiet {
        say(&format!(
            "{}: {}, {}\n",
            count(recipes, "recipe"),
            count(report.errors, "error"),
            count(report.warnings, "warning")
        ));
    }
    let wrong = report.errors > 0 || args.strict && report.warnings > 0;
    ExitCode::from(u8::from(wrong))
}

/// "1 recipe", "2 recipes".
pub(super) fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

pub(super) fn new(world: &dyn World, args: &New) -> ExitCode {
    let title = args.title.trim();
    if title.is_empty() {
        complain("error: a recipe needs a title\n");
        return ExitCode::from(2);
    }
    let path = args.output.clone().unwrap_or_else(|| {
        let folder = Path::new("recipes");
        let name = format!("{}.yaml", slug(title));
        if world.is_folder(folder) { folder.join(name) } else { PathBuf::from(name) }
    });
    if world.is_file(&path) {
        complain(&format!("error: `{}` is there already\n  = help: name another file with --output\n", path.display()));
        return ExitCode::from(1);
    }
    let quoted = title.replace('\\', "\\\\").replace('"', "\\\"");
    let text = include_str!("../../templates/new-recipe.yaml").replace("{{title}}", &quoted);
    if path == Path::new("-") {
        say(&text);
        return ExitCode::SUCCESS;
    }
    match world.write(&path, text.as_bytes()) {
        Ok(()) => {
            say(&format!("{}\n", path.display()));
            ExitCode::SUCCESS
        }
        Err(e) => {
            complain(&format!("error: `{}` can't be written: {e}\n", path.display()));
            ExitCode::from(1)
        }
    }
}

pub(super) fn schema() -> ExitCode {
    say(&recipe::raw::schema());
    ExitCode::SUCCESS
}

pub(super) fn themes() -> ExitCode {
    let book = crate::fonts::FontBook::new();
    for (name, _) in crate::theme::BUILT_IN {
        if let Some(theme) = crate::theme::Theme::built_in(name, &book) {
            say(&format!("{name:<10} {}\n", theme.description));
        }
    }
    ExitCode::SUCCESS
}

pub(super) fn sizes() -> ExitCode {
    for (name, size, what) in geom::NAMED {
        let mm = format!("{:.1} × {:.1} mm", to_mm(size.w), to_mm(size.h));
        say(&format!("{name:<12} {mm:<18} {what}\n"));
    }
    ExitCode::SUCCESS
}

pub(super) fn stocks() -> ExitCode {
    for (key, text) in crate::impose::STOCKS {
        if let Ok(stock) = crate::impose::Stock::parse(text) {
            let also = if stock.also.is_empty() { String::new() } else { format!("; also {}", stock.also.join(", ")) };
            say(&format!("{key:<12} {}{also}\n", stock.description));
        }
    }
    ExitCode::SUCCESS
}

pub(super) fn completions(shell: clap_complete::Shell) -> ExitCode {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "cardamom", &mut out);
    say(&String::from_utf8_lossy(&out));
    ExitCode::SUCCESS
}

pub(super) fn man(command: Option<&str>) -> ExitCode {
    let mut all = Args::command();
    all.build();
    let page = match command {
        None => all,
        Some(name) => match all.find_subcommand(name) {
            Some(sub) => {
                let full: &'static str = format!("cardamom-{name}").leak();
                sub.clone().name(full)
            }
            None => {
                let names: Vec<&str> = all.get_subcommands().map(clap::Command::get_name).collect();
                complain(&format!("error: there is no command `{name}`\n  = help: commands: {}\n", names.join(", ")));
                return ExitCode::from(2);
            }
        },
    };
    let mut out = Vec::new();
    // writing to memory does not fail
    let _ = clap_mangen::Man::new(page).render(&mut out);
    say(&String::from_utf8_lossy(&out));
    ExitCode::SUCCESS
}
