//! For how many, and in which units.

use crate::quantity::{Batches, Factor, Number, System, Wish};
use crate::recipe::units::UnitsWish;
use clap::{Args, ValueEnum};

/// Figures of a recipe.
#[derive(Debug, Args)]
#[command(next_help_heading = "Figures")]
pub(in crate::cli) struct Figures {
    /// Multiply all amounts: 2, 1/2, 1.5
    #[arg(long, value_name = "FACTOR", value_parser = Factor::parse, allow_hyphen_values = true)]
    pub(in crate::cli) scale: Option<Factor>,
    /// Scale recipes to so many servings, from what their yield says
    #[arg(long, value_name = "N", value_parser = servings, conflicts_with = "scale", allow_hyphen_values = true)]
    pub(in crate::cli) servings: Option<Number>,
    /// Print the amounts of two or three batches side by side on cards: 1/2,1,2
    #[arg(
        long,
        value_name = "FACTORS",
        value_parser = Batches::parse,
        conflicts_with_all = ["scale", "servings"],
        allow_hyphen_values = true
    )]
    pub(in crate::cli) batches: Option<Batches>,
    /// In which units amounts and temperatures are printed
    #[arg(long, value_name = "UNITS", value_enum, default_value_t, hide_default_value = true)]
    pub(in crate::cli) units: Units,
    /// Give oven temperatures with the fan on as well
    #[arg(long)]
    pub(in crate::cli) fan: bool,
}

/// Units to print in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(in crate::cli) enum Units {
    /// As the recipe has them, which is the default
    #[default]
    AsWritten,
    /// Grams, millilitres, °C
    Metric,
    /// Cups, ounces, °F
    Us,
    /// Ounces, pints, °F
    Imperial,
    /// The recipe's own and another system's, side by side
    Both,
}

impl Figures {
    /// What is asked of units.
    pub(in crate::cli) fn wish(&self) -> UnitsWish {
        let units = match self.units {
            Units::AsWritten => None,
            Units::Metric => Some(Wish::One(System::Metric)),
            Units::Us => Some(Wish::One(System::Us)),
            Units::Imperial => Some(Wish::One(System::Imperial)),
            Units::Both => Some(Wish::Both),
        };
        UnitsWish { units, fan: self.fan }
    }
}

/// A number of people.
fn servings(text: &str) -> Result<Number, String> {
    let count: Option<u64> = text.trim().parse().ok().filter(|n| (1..=1000).contains(n));
    count.map(Number::whole).ok_or_else(|| "write for how many people, from 1 to 1000".to_owned())
}
