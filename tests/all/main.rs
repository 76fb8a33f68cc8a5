//! The tests of the whole: samples and hard cases through the pipeline, and the command line.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests stand outside the world that the program sees"
)]

mod batches;
mod book;
mod calibration;
mod changed;
mod cli;
mod common;
mod config;
mod editions;
mod figures;
mod golden;
mod hazards;
mod lamination;
mod options;
mod pages;
mod pairs;
mod pdf;
mod printers;
mod selection;
mod sheets;
mod stamps;
mod units;
mod volumes;
