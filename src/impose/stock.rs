//! Sheets that are cut already: data, one file a stock in `templates/stocks`, or a file of the user's.

use crate::geom::{Size, length};
use serde::Deserialize;
use std::ops::Range;

/// A sheet of cards that come apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Stock {
    /// Its name for people.
    pub title: String,
    /// What it is, in a few words.
    pub description: String,
    /// Products that are cut alike.
    pub also: Vec<String>,
    /// The sheet as it lies.
    pub sheet: Size,
    /// A card as it lies on the sheet.
    pub card: Size,
    /// Columns and rows.
    pub grid: (usize, usize),
    /// The first card's left and upper edge.
    pub corner: (f32, f32),
    /// From a card's edge to that of the next, across and down.
    pub pitch: Size,
}

macro_rules! stocks {
    ($($key:literal),* $(,)?) => {
        /// The stocks that are part of the program: key and file.
        pub const STOCKS: &[(&str, &str)] =
            &[$(($key, include_str!(concat!("../../templates/stocks/", $key, ".toml")))),*];
    };
}

stocks!["avery-5388", "avery-5389", "avery-5889", "avery-8386", "avery-3263", "avery-5315"];

/// What is wrong with a stock's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockError {
    /// In a sentence.
    pub message: String,
    /// Where in the file, when that is known.
    pub place: Option<Range<usize>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    also: Vec<String>,
    sheet: [toml::Spanned<String>; 2],
    card: [toml::Spanned<String>; 2],
    columns: usize,
    rows: usize,
    corner: [toml::Spanned<String>; 2],
    pitch: [toml::Spanned<String>; 2],
    #[serde(default, rename = "source")]
    _source: String,
}

impl Stock {
    /// A built-in stock by its key, the product's number alone, or that of a product that is cut alike.
    pub fn built_in(name: &str) -> Option<Stock> {
        let wanted = name.trim().to_lowercase().replace([' ', '_'], "-");
        let is = |key: &str| key == wanted || key.strip_prefix("avery-").is_some_and(|number| number == wanted);
        let all = STOCKS.iter().filter_map(|(key, text)| Some((*key, Stock::parse(text).ok()?)));
        all.into_iter().find(|(key, stock)| is(key) || stock.also.iter().any(|a| is(a))).map(|(_, stock)| stock)
    }

    /// Reads a stock's file.
    ///
    /// # Errors
    /// What is wrong, with its place.
    pub fn parse(text: &str) -> Result<Stock, StockError> {
        let file: File =
            toml::from_str(text).map_err(|e| StockError { message: e.message().to_owned(), place: e.span() })?;
        let stock = Stock {
            sheet: size(&file.sheet)?,
            card: size(&file.card)?,
            pitch: size(&file.pitch)?,
            corner: {
                let Size { w, h } = size(&file.corner)?;
                (w, h)
            },
            grid: (file.columns, file.rows),
            title: file.title,
            description: file.description,
            also: file.also,
        };
        let wrong = |message: &str, piece: &str| {
            let place = text.find(piece).map(|i| i..i + piece.len());
            Err(StockError { message: message.to_owned(), place })
        };
        if stock.grid.0 == 0 || stock.grid.1 == 0 || stock.grid.0 * stock.grid.1 > 400 {
            return wrong("columns and rows are from 1 up, and 400 cards at the most", "columns");
        }
        if stock.card.w <= 0.0 || stock.card.h <= 0.0 {
            return wrong("a card has a width and a height", "card");
        }
        let over = |pitch: f32, card: f32, n: usize| n > 1 && pitch + 0.01 < card;
        if over(stock.pitch.w, stock.card.w, stock.grid.0) || over(stock.pitch.h, stock.card.h, stock.grid.1) {
            return wrong("the pitch is less than the card, so that cards overlap", "pitch");
        }
        let end = |corner: f32, pitch: f32, card: f32, n: usize| corner + (n - 1) as f32 * pitch + card;
        let right = end(stock.corner.0, stock.pitch.w, stock.card.w, stock.grid.0);
        let bottom = end(stock.corner.1, stock.pitch.h, stock.card.h, stock.grid.1);
        if right > stock.sheet.w + 0.1 || bottom > stock.sheet.h + 0.1 {
            return wrong("the last card runs off the sheet", "corner");
        }
        Ok(stock)
    }
}

fn size(two: &[toml::Spanned<String>; 2]) -> Result<Size, StockError> {
    let read = |text: &toml::Spanned<String>| {
        let bad = |message: String| StockError { message, place: Some(text.span()) };
        let has_unit = text.get_ref().trim_end().ends_with(|c: char| c.is_alphabetic());
        if !has_unit {
            return Err(bad(format!("`{}` needs a unit: mm, cm or in", text.get_ref())));
        }
        let value = length(text.get_ref()).map_err(bad)?;
        if (0.0..=4000.0).contains(&value) { Ok(value) } else { Err(bad("a length from 0 to 1400 mm".into())) }
    };
    Ok(Size { w: read(&two[0])?, h: read(&two[1])? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_stocks_are_sound() {
        for (key, text) in STOCKS {
            let stock = Stock::parse(text).unwrap_or_else(|e| panic!("{key}: {}", e.message));
            assert!(!stock.description.is_empty(), "{key}");
            // a block in the middle of its sheet lies on itself when it is turned
            let (columns, rows) = stock.grid;
            let right = stock.sheet.w - stock.corner.0 - (columns - 1) as f32 * stock.pitch.w - stock.card.w;
            let below = stock.sheet.h - stock.corner.1 - (rows - 1) as f32 * stock.pitch.h - stock.card.h;
            assert!((right - stock.corner.0).abs() < 0.01 && (below - stock.corner.1).abs() < 0.01, "{key}");
        }
        assert_eq!(Stock::built_in("8388"), Stock::built_in("Avery 5388"));
        assert!(Stock::built_in("avery-1").is_none());
    }

    #[test]
    fn mistakes_in_a_file_are_told_with_their_place() {
        let good = STOCKS[1].1;
        let wrong = |from: &str, to: &str| Stock::parse(&good.replace(from, to)).unwrap_err();
        let unit = wrong("\"6in\", \"4in\"", "\"6\", \"4in\"");
        assert!(unit.message.contains("unit") && unit.place.is_some());
        assert!(wrong("\"4.5in\"", "\"3.5in\"").message.contains("overlap"));
        assert!(wrong("rows = 2", "rows = 3").message.contains("off the sheet"));
        assert!(wrong("rows = 2", "rows = 0").message.contains("from 1"));
        assert!(wrong("rows", "rwos").message.contains("rwos"));
    }
}
