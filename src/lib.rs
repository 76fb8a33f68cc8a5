//! Cardamom turns structured recipes into printed kitchen cards (PDF) and a cookbook (EPUB).
//!
//! `ARCHITECTURE.md` describes the line the data takes; the modules below stand in its order.

pub mod book;
pub mod books;
mod bytes;
pub mod calibration;
pub mod cards;
pub mod cli;
mod compose;
pub mod content;
pub mod cookbook;
pub mod cover;
pub mod diag;
pub mod export;
pub mod fingerprint;
pub mod fonts;
pub mod food;
pub mod frame;
pub mod geom;
pub mod image;
pub mod impose;
pub mod index;
pub mod lamination;
pub mod layout;
pub mod load;
pub mod locale;
pub mod markdown;
pub mod pages;
pub mod pouch;
pub mod printed;
pub mod qr;
pub mod quantity;
pub mod recipe;
pub mod rich;
pub mod source;
pub mod text;
pub mod theme;
pub mod typo;
pub mod uses;
pub mod volumes;
pub mod world;
pub mod xml;
pub mod yaml;
