//! The tests of the whole: samples and hard cases through the pipeline, and the command line.

mod common;
mod pages;
mod pdf;
