//! The faces that are part of the program; their licences lie beside them in `fonts/`.

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        /// Every bundled font file.
        pub(super) const FILES: &[&[u8]] = &[$(include_bytes!(concat!("../../fonts/", $path))),*];
    };
}

files![
    "source-serif/SourceSerif4SmText-Regular.otf",
    "source-serif/SourceSerif4SmText-It.otf",
    "source-serif/SourceSerif4SmText-Semibold.otf",
    "source-serif/SourceSerif4SmText-SemiboldIt.otf",
    "source-serif/SourceSerif4Caption-Regular.otf",
    "source-serif/SourceSerif4Caption-It.otf",
    "source-serif/SourceSerif4Caption-Semibold.otf",
    "source-serif/SourceSerif4Display-Regular.otf",
    "source-serif/SourceSerif4Display-Semibold.otf",
    "source-serif/SourceSerif4Subhead-It.otf",
    "inter/Inter-Regular.otf",
    "inter/Inter-Medium.otf",
    "inter/Inter-SemiBold.otf",
    "inter/Inter-Bold.otf",
    "inter/InterDisplay-SemiBold.otf",
    "inter/InterDisplay-ExtraBold.otf",
    "source-sans/SourceSans3-Light.otf",
    "source-sans/SourceSans3-Regular.otf",
    "source-sans/SourceSans3-It.otf",
    "source-sans/SourceSans3-Semibold.otf",
    "source-sans/SourceSans3-Bold.otf",
];
