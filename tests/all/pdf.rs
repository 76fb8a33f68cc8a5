//! Every PDF is valid, and the same every time.

use crate::common::{THEMES, make_samples, pdf};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

/// What the validator says against a file.
fn objections(bytes: &[u8]) -> Vec<String> {
    let mut out = Vec::new();
    for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
        let options = ValidationOptions::default().profile(profile);
        let report = validate_pdf_bytes(bytes, &options).expect("a PDF that can be read");
        out.extend(report.failures.iter().map(|f| format!("{profile:?}: {f}")));
    }
    out
}

#[test]
fn samples_are_valid_in_every_theme() {
    for theme in THEMES {
        for size in ["5x8", "4x6", "a4"] {
            let bytes = pdf(&make_samples(theme, size));
            assert_eq!(objections(&bytes), Vec::<String>::new(), "{theme} {size}");
        }
    }
}
