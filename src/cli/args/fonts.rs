//! Fonts that help out.

use clap::Args;
use std::path::PathBuf;

/// Fonts.
#[derive(Debug, Args)]
#[command(next_help_heading = "Fonts")]
pub(in crate::cli) struct Fonts {
    /// A font, or a folder of fonts, for characters that the theme's fonts lack
    #[arg(long, value_name = "FILE|DIR")]
    pub(in crate::cli) font: Vec<PathBuf>,
    /// Use no fonts of the system
    #[arg(long)]
    pub(in crate::cli) no_system_fonts: bool,
    /// Print a box for a character that no font has, instead of an error
    #[arg(long)]
    pub(in crate::cli) allow_missing_glyphs: bool,
}
