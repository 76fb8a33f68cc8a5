//! Every PDF is valid, and the same every time.

use crate::common::{THEMES, make_samples, pdf};
use page_validation::{SafetyLimits, ValidationOptions, ValidationProfile, validate_pdf_bytes};

/// What the validator says against a file.
pub(crate) fn objections(bytes: &[u8]) -> Vec<String> {
    objections_within(bytes, SafetyLimits::default())
}

fn objections_within(bytes: &[u8], limits: SafetyLimits) -> Vec<String> {
    let mut out = Vec::new();
    for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
        let options = ValidationOptions::default().profile(profile).limits(limits.clone());
        let report = validate_pdf_bytes(bytes, &options).expect("a PDF that can be read");
        out.extend(report.failures.iter().map(|f| format!("{profile:?}: {f}")));
    }
    out
}

#[test]
fn the_same_recipes_give_the_same_bytes_on_any_number_of_threads() {
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| pdf(&make_samples("modern", "4x6")))
    };
    let first = run(1);
    assert!(first == run(4) && first == run(2));
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

/// `CARDAMOM_PDF=file cargo test a_file_from_elsewhere -- --ignored`: of a large book, say.
#[test]
#[ignore = "needs a file of one's own"]
fn a_file_from_elsewhere_is_valid() {
    let path = std::env::var_os("CARDAMOM_PDF").expect("CARDAMOM_PDF names a file");
    let bytes = std::fs::read(path).expect("a file");
    // bookmarks that lie side by side lead from one to the next, and the validator follows them as if one lay within another
    let limits = SafetyLimits::default().with_max_reference_depth(100_000);
    let look = std::thread::Builder::new().stack_size(4 << 30).spawn(move || objections_within(&bytes, limits));
    assert_eq!(look.expect("a thread").join().expect("a PDF that can be read"), Vec::<String>::new());
}
