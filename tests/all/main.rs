//! The tests of the whole: samples and hard cases through the pipeline, and the command line.

mod book;
mod cli;
mod common;
mod golden;
mod pages;
mod pdf;
