//! Where defaults of flags come from.

use clap::Args;
use std::path::PathBuf;

/// Configuration files.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Configuration")]
pub(in crate::cli) struct Configuration {
    /// Take the project's defaults from this file [default: cardamom.toml here, if there is one]
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(in crate::cli) config: Option<PathBuf>,
    /// Leave configuration files alone, the project's and your own
    #[arg(long)]
    pub(in crate::cli) no_config: bool,
    /// Take what is saved for this printer, in the table [printers.NAME]
    #[arg(long, value_name = "NAME", conflicts_with = "no_config")]
    pub(in crate::cli) printer: Option<String>,
}
