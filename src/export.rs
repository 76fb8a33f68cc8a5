//! From frames and content to the bytes of files. Exporters take the date as an argument and touch nothing outside.

pub mod epub;
pub mod pdf;
pub mod raster;
