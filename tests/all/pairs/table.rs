//! The flags of `export` with a value or two each, values that are wrong, and what does not go together.
//!
//! A new flag gets a line in `FLAGS` (a test tells when it is missing), and a line in `CLASHES` for what it can't be combined with.

/// A flag, and what is tried of it.
pub(super) struct Flag {
    /// Its long name.
    pub(super) name: &'static str,
    /// Values to combine with all other flags; `""` is the flag alone.
    pub(super) values: &'static [&'static str],
    /// Values that are refused, each with words that must be in the answer: what would do.
    pub(super) bad: &'static [(&'static str, &'static str)],
}

const fn flag(
    name: &'static str,
    values: &'static [&'static str],
    bad: &'static [(&'static str, &'static str)],
) -> Flag {
    Flag { name, values, bad }
}

const SWITCH: &[&str] = &[""];

/// Every flag of `export`.
pub(super) const FLAGS: &[Flag] = &[
    flag("pdf", &["cards.pdf"], &[]),
    flag("epub", &["cookbook.epub"], &[]),
    flag("book", &["cookbook.pdf"], &[]),
    flag("out-dir", &["out"], &[]),
    flag("formats", &["pdf", "pdf,epub"], &[("pfd", "pdf, epub")]),
    flag("date", &["2026-11-22"], &[("soon", "2026-11-22"), ("2026-02-30", "there is no")]),
    flag("tag", &["weeknight"], &[("weeknigt", "did you mean `weeknight`?")]),
    flag("course", &["soup"], &[("soop", "did you mean `soup`?")]),
    flag("only", &["soup", "soup,tea"], &[("soap", "did you mean `soup`?")]),
    flag("changed-since", &["printed.toml"], &[]),
    flag("include", &["story,faq"], &[("stroy", "story")]),
    flag("exclude", &["tips"], &[("tipps", "tips")]),
    flag("keep-going", SWITCH, &[]),
    flag("theme", &["modern", "mono", "mine.toml"], &[("clasic", "did you mean `classic`?")]),
    flag("size", &["4x6", "a6"], &[("9x", "4x6"), ("2x2mm", "mm")]),
    flag("orientation", &["portrait", "landscape"], &[("portrat", "portrait")]),
    flag("max-cards", &["9"], &[("0", "1..")]),
    flag("large-print", SWITCH, &[]),
    flag("laminate", &["", "a6"], &[("a99", "a7, a6, a5"), ("62x62mm", "larger pouch")]),
    flag("punch", &["ring", "2-hole"], &[("4-hole", "3-hole"), ("3-hole", "--punch 2-hole")]),
    flag("qr", &["source", "https://example.org/{slug}"], &[("", "source")]),
    flag("photo", &["none", "small", "large"], &[("big", "large")]),
    flag("ink", &["black"], &[("blue", "black")]),
    flag("stamp", SWITCH, &[]),
    flag("scale", &["2", "1/2"], &[("0", "2"), ("-1", "2"), ("twice", "1/2")]),
    flag("servings", &["8"], &[("0", "from 1 to 1000"), ("many", "from 1 to 1000")]),
    flag(
        "batches",
        &["1/2,1,2"],
        &[("0,1", "such as 2, 1/2"), ("2", "--scale 2"), ("1,2,3,4,5,6,7,8,9", "more than a card has room for")],
    ),
    flag("units", &["both", "us"], &[("metrical", "metric")]),
    flag("fan", SWITCH, &[]),
    flag("sheet", &["a4", "letter"], &[("a9", "letter"), ("50x50mm", "60 to 1200 mm")]),
    flag(
        "stock",
        &["avery-5389", "mine-stock.toml"],
        &[("avery-5398", "did you mean `avery-53"), ("5380", "did you mean `538")],
    ),
    flag("duplex", &["long", "short", "none", "manual", "fold"], &[("both", "long")]),
    flag(
        "marks",
        &["crop,registration,info", "hole", "fold", "none"],
        &[("corp", "crop"), ("none,crop", "--marks none")],
    ),
    flag("cut-lines", SWITCH, &[]),
    flag("bleed", &["0mm", "2mm"], &[("40mm", "from 0 to 10 mm"), ("wide", "mm")]),
    flag("gutter", &["10mm"], &[("-1mm", "from 0 to 100 mm")]),
    flag("printer-margin", &["5mm", "4,5,6,5"], &[("70mm", "50 mm"), ("1,2", "top,right,bottom,left")]),
    flag("back-offset", &["0.4,-1.2"], &[("1", "0.4,-1.2"), ("30,0", "20 mm")]),
    flag("nudge", &["0.3,-0.5"], &[("1", "0.4,-1.2"), ("30,0", "20 mm")]),
    flag("font", &["extra.otf", "fonts"], &[("none.ttf", "none.ttf")]),
    flag("no-system-fonts", SWITCH, &[]),
    flag("allow-missing-glyphs", SWITCH, &[]),
    flag("templates", &["pages"], &[("none", "none")]),
    flag("for", &["kobo", "kindle", "apple"], &[("kobbo", "kobo")]),
    flag("images", &["eink", "none"], &[("big", "tablet")]),
    flag("grey-images", SWITCH, &[]),
    flag("cook-mode", SWITCH, &[]),
    flag("embed-fonts", SWITCH, &[]),
    flag("page-list", SWITCH, &[]),
    flag("book-size", &["a5"], &[("a9", "6x9")]),
    flag("config", &["kitchen.toml"], &[("none.toml", "--starter")]),
    flag("no-config", SWITCH, &[]),
    flag("printer", &["attic"], &[("atic", "did you mean `attic`?")]),
    flag("quiet", SWITCH, &[]),
    flag("verbose", SWITCH, &[]),
];

/// Any value of a flag.
pub(super) const ANY: &[&str] = &["*"];
/// A flag that is not given.
pub(super) const ABSENT: &[&str] = &[];

/// What does not go together, and words of the answer.
pub(super) struct Clash {
    /// Flags, each with the values that it has: any of these, `ANY`, or `ABSENT`.
    pub(super) when: &'static [(&'static str, &'static [&'static str])],
    /// What the answer says.
    pub(super) says: &'static str,
}

const HOLES: &[&str] = &["2-hole"];
const LYING: &[&str] = &["landscape"];
/// Themes whose small cards lie.
const LIES: &[&str] = &["mono", "mine.toml"];
const A6: &[&str] = &["a6"];
const STAND: &str = "--orientation portrait";
const MARKED: &[&str] = &["crop,registration,info", "hole"];
const FOLDED: &[&str] = &["fold"];
const NOT_FOLDED: &[&str] = &["long", "short", "none", "manual"];

/// Everything that does not go together.
pub(super) const CLASHES: &[Clash] = &[
    Clash { when: &[("sheet", ANY), ("stock", ANY)], says: "cannot be used with" },
    Clash { when: &[("scale", ANY), ("servings", ANY)], says: "cannot be used with" },
    Clash { when: &[("scale", ANY), ("batches", ANY)], says: "cannot be used with" },
    Clash { when: &[("servings", ANY), ("batches", ANY)], says: "cannot be used with" },
    Clash { when: &[("batches", ANY), ("units", &["both"])], says: "--units metric" },
    Clash { when: &[("quiet", ANY), ("verbose", ANY)], says: "cannot be used with" },
    Clash { when: &[("config", ANY), ("no-config", ANY)], says: "cannot be used with" },
    Clash { when: &[("printer", ANY), ("no-config", ANY)], says: "cannot be used with" },
    Clash { when: &[("formats", ANY), ("out-dir", ABSENT)], says: "--out-dir" },
    Clash { when: &[("page-list", ANY), ("book", ABSENT)], says: "--book" },
    Clash { when: &[("marks", MARKED), ("sheet", ABSENT), ("stock", ABSENT)], says: "add --sheet a4" },
    Clash { when: &[("marks", FOLDED), ("sheet", ABSENT)], says: "add --sheet a4" },
    Clash { when: &[("marks", FOLDED), ("duplex", NOT_FOLDED)], says: "leave --duplex out" },
    Clash { when: &[("duplex", FOLDED), ("sheet", ABSENT)], says: "add --sheet a4" },
    Clash { when: &[("cut-lines", ANY), ("sheet", ABSENT), ("stock", ABSENT)], says: "add --sheet a4" },
    Clash { when: &[("gutter", ANY), ("sheet", ABSENT), ("stock", ABSENT)], says: "add --sheet a4" },
    Clash { when: &[("gutter", ANY), ("stock", ANY)], says: "leave --gutter out" },
    Clash { when: &[("nudge", ANY), ("stock", ABSENT)], says: "add --stock NAME" },
    Clash { when: &[("stock", &["avery-5389"]), ("size", &["a6"])], says: "add --size 4x6" },
    Clash { when: &[("stock", &["mine-stock.toml"]), ("size", &["4x6"])], says: "add --size a6" },
    // names have no line of their own there
    Clash { when: &[("batches", ANY), ("large-print", ANY), ("size", ANY)], says: "--size 5x7" },
    Clash { when: &[("batches", ANY), ("large-print", ANY), ("stock", ANY)], says: "--size 5x7" },
    Clash { when: &[("batches", ANY), ("large-print", ANY), ("laminate", A6), ("size", ABSENT)], says: "--size 5x7" },
    // two holes need a card that is 116 mm high: one of 4 × 6 in or A6 that stands
    Clash { when: &[("punch", HOLES), ("size", ANY), ("orientation", LYING)], says: STAND },
    Clash { when: &[("punch", HOLES), ("size", ANY), ("orientation", ABSENT), ("theme", LIES)], says: STAND },
    Clash { when: &[("punch", HOLES), ("size", ANY), ("orientation", ABSENT), ("theme", ABSENT)], says: STAND },
    Clash { when: &[("punch", HOLES), ("stock", ANY), ("orientation", LYING)], says: STAND },
    Clash { when: &[("punch", HOLES), ("stock", ANY), ("orientation", ABSENT), ("theme", LIES)], says: STAND },
    Clash { when: &[("punch", HOLES), ("stock", ANY), ("orientation", ABSENT), ("theme", ABSENT)], says: STAND },
    Clash { when: &[("punch", HOLES), ("laminate", A6), ("size", ABSENT), ("orientation", LYING)], says: STAND },
    Clash {
        when: &[("punch", HOLES), ("laminate", A6), ("size", ABSENT), ("orientation", ABSENT), ("theme", LIES)],
        says: STAND,
    },
    Clash {
        when: &[("punch", HOLES), ("laminate", A6), ("size", ABSENT), ("orientation", ABSENT), ("theme", ABSENT)],
        says: STAND,
    },
];
