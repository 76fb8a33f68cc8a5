//! All flags of `export` together: every pair of values either makes files that are valid and the same every time, or is refused
//! with what would do.

mod table;

use crate::pdf::objections;
use cardamom::cli::{Ran, run_in};
use cardamom::world::{Memory, World};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use table::{ANY, CLASHES, Clash, FLAGS};

/// A card with two sides, and with something for every flag.
const SOUP: &str = r#"title: Roast Carrot Soup with Ginger
yield: 4 servings
course: soup
tags: [weeknight, winter]
times: { prep: 15 min, cook: 40 min }
photo: { file: soup.png, alt: A bowl of orange soup }
story: My grandmother sold carrots, and this is what became of those that nobody bought.
ingredients:
  - 800 g carrots, peeled
  - 2 onions
  - 1–2 tsp ground cumin
  - 1 1/2 l vegetable stock
  - a pinch of salt
steps:
  - title: Roast
    text: Heat the oven to 200 °C. Cut the carrots into pieces of 3 cm and roast them until the edges are brown.
    time: 30 min
  - Slice the onions, soften them in a pot with the cumin, and add the carrots and the vegetable stock.
  - title: Simmer
    text: Simmer until a knife slides through the carrots, blend until smooth, and season with the salt.
    time: 10 min
tips: [It freezes well for three months., A spoon of yoghurt cools it for children.]
storage: Three days in the fridge.
faq:
  - { question: "Can I leave out the cumin?", answer: You can; add a little more ginger. }
source: { name: Our kitchen, url: "https://example.org/soup" }
"#;

/// A card with one side, and without an address.
const TEA: &str = r"title: Mint Tea
yield: 2 cups
course: soup
tags: [weeknight]
ingredients: [500 ml water, 1 handful of mint]
steps: [Boil the water., 'Pour it over the mint and wait, 5 min.']
";

const STOCK: &str = r#"title = "Mine"
sheet = ["210mm", "297mm"]
card = ["105mm", "148mm"]
columns = 1
rows = 1
corner = ["52mm", "74mm"]
pitch = ["105mm", "148mm"]
"#;

const KITCHEN: &str = "ink = 'black'\n\n[printers.attic]\nduplex = 'long'\n";
const ATTIC: &str = "theme = 'mono'\n\n[printers.attic]\nback-offset = [0.4, -1.2]\nprinter-margin = '4,5,6,5'\n";

/// A kitchen with all that the values name.
fn kitchen() -> Memory {
    let mut png = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_fn(900, 600, |x, y| image::Rgb([200, (x / 4) as u8, (y / 3) as u8]));
    picture.write_to(&mut png, image::ImageFormat::Png).expect("a picture");
    let font = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts/source-sans/SourceSans3-It.otf"));
    let font = font.expect("a font of ours");
    let cover = "title: Our Sunday Table\ncover: soup.png\n";
    let files: [(&str, Vec<u8>); 11] = [
        ("recipes/cookbook.yaml", cover.into()),
        ("recipes/soup.yaml", SOUP.into()),
        ("recipes/tea.yaml", TEA.into()),
        ("recipes/soup.png", png.into_inner()),
        ("mine.toml", "extends = \"classic\"\n[colors]\naccent = \"#1f5f5b\"\n".into()),
        ("mine-stock.toml", STOCK.into()),
        ("kitchen.toml", KITCHEN.into()),
        ("settings/config.toml", ATTIC.into()),
        ("pages/style.css", "h1 { font-weight: normal; }\n".into()),
        ("extra.otf", font.clone()),
        ("fonts/extra.otf", font),
    ];
    Memory::new(files)
}

/// A flag and one of its values, both as numbers in the table; no value is a flag that is not given.
type Chosen = Vec<Option<usize>>;

fn place(name: &str) -> usize {
    FLAGS.iter().position(|f| f.name == name).unwrap_or_else(|| panic!("`{name}` is not in FLAGS"))
}

/// A clash whose flags are numbers.
struct Rule(Vec<(usize, &'static [&'static str])>);

impl Rule {
    fn all() -> Vec<Rule> {
        let of = |clash: &Clash| Rule(clash.when.iter().map(|(name, values)| (place(name), *values)).collect());
        CLASHES.iter().map(of).collect()
    }

    /// Whether all its conditions hold.
    fn holds(&self, chosen: &Chosen) -> bool {
        self.0.iter().all(|(flag, values)| match chosen[*flag] {
            None => values.is_empty(),
            Some(v) => !values.is_empty() && (*values == ANY || values.contains(&FLAGS[*flag].values[v])),
        })
    }
}

/// The words of a command.
fn words(chosen: &Chosen) -> Vec<String> {
    let mut out = vec!["export".to_owned()];
    for (flag, value) in FLAGS.iter().zip(chosen) {
        match value.map(|v| flag.values[v]) {
            Some("") => out.push(format!("--{}", flag.name)),
            Some(value) => out.push(format!("--{}={value}", flag.name)),
            None => {}
        }
    }
    if OUTPUTS.iter().all(|name| chosen[place(name)].is_none()) {
        out.push("--pdf=cards.pdf".to_owned());
    }
    out
}

const OUTPUTS: [&str; 4] = ["pdf", "epub", "book", "out-dir"];

/// Runs a command in a new kitchen, on so many threads.
fn export(words: &[String], threads: usize) -> (Ran, Vec<(PathBuf, Vec<u8>)>) {
    let world = kitchen();
    let before = files(&world);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let ran = pool.install(|| run_in(&world, &words));
    let mut after = files(&world);
    after.retain(|file| !before.contains(file));
    (ran, after)
}

/// What is in a kitchen.
fn files(world: &Memory) -> Vec<(PathBuf, Vec<u8>)> {
    let paths = ["", "out", "recipes"].iter().flat_map(|folder| world.list(Path::new(folder)).unwrap_or_default());
    paths.map(|path| (path.clone(), world.read(&path).expect("a file"))).collect()
}

/// What is wrong with a run that should make files.
fn faults(words: &[String]) -> Vec<String> {
    let (ran, made) = export(words, 1);
    let (again, same) = export(words, 2);
    let mut out = Vec::new();
    let on_a4 = words.iter().position(|w| w == "--sheet=a4");
    if let Some(at) = on_a4.filter(|_| ran.err.contains("does not fit on A4") && ran.err.contains("--sheet a3")) {
        // whether a folded card has room depends on what is printed up to its edges; the answer says what would do
        let mut words = words.to_vec();
        "--sheet=a3".clone_into(&mut words[at]);
        return faults(&words);
    }
    if ran.code != ExitCode::SUCCESS || made.is_empty() {
        return vec![format!("{:?}: {}", ran.code, ran.err)];
    }
    if made != same || ran.err != again.err || ran.out != again.out {
        out.push("it is not the same on one and on two threads".to_owned());
    }
    for (path, bytes) in made.iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "pdf")) {
        out.extend(objections(bytes).into_iter().map(|o| format!("{}: {o}", path.display())));
    }
    out
}

/// What is wrong with a run that should be refused.
fn allowed(words: &[String], says: &str) -> Option<String> {
    let (ran, made) = export(words, 1);
    let told = ran.err.contains(says) && (ran.err.contains("help: ") || ran.err.contains("error: "));
    let refused = ran.code == ExitCode::from(2) && told && made.is_empty();
    (!refused).then(|| format!("{} should be refused with `{says}`: {:?} {}", words.join(" "), ran.code, ran.err))
}

/// Two values of two flags: places of flags and of values, the lower flag first.
type Pair = ((usize, usize), (usize, usize));

/// Finds rows of flags in which every pair of values stands that can stand in any.
struct Rows {
    rules: Vec<Rule>,
    /// Flags in the order in which they are decided: those with rules first, so that what can't be shows at once.
    order: Vec<usize>,
    /// Pairs that have had no row yet.
    open: BTreeSet<Pair>,
    /// Whether a row has its pair and what that needs, and nothing else.
    alone: bool,
}

impl Rows {
    fn new(alone: bool) -> Rows {
        let rules = Rule::all();
        let values = |flag: usize| (0..FLAGS[flag].values.len()).map(move |v| (flag, v));
        let mut open = BTreeSet::new();
        for a in 0..FLAGS.len() {
            for b in a + 1..FLAGS.len() {
                open.extend(values(a).flat_map(|x| values(b).map(move |y| (x, y))));
            }
        }
        let mut order: Vec<usize> = (0..FLAGS.len()).collect();
        order.sort_by_key(|flag| std::cmp::Reverse(rules.iter().filter(|r| r.0.iter().any(|c| c.0 == *flag)).count()));
        Rows { rules, order, open, alone }
    }

    /// How many pairs a value would have with those that are chosen.
    fn gain(&self, chosen: &Chosen, decided: &[bool], flag: usize, value: usize) -> usize {
        let others = chosen.iter().enumerate().filter(|(other, v)| decided[*other] && v.is_some());
        let pair = |(other, v): (usize, &Option<usize>)| {
            let other = (other, v.unwrap_or_default());
            if other < (flag, value) { (other, (flag, value)) } else { ((flag, value), other) }
        };
        others.filter(|o| self.open.contains(&pair(*o))).count()
    }

    /// Decides what is not decided yet; false when nothing goes.
    fn fill(&self, chosen: &mut Chosen, decided: &mut Vec<bool>) -> bool {
        let Some(flag) = self.order.iter().copied().find(|f| !decided[*f]) else { return true };
        let mut ways: Vec<(usize, Option<usize>)> = vec![(0, None)];
        ways.extend((0..FLAGS[flag].values.len()).map(|v| (self.gain(chosen, decided, flag, v), Some(v))));
        if !self.alone {
            ways.sort_by_key(|(gain, _)| std::cmp::Reverse(*gain));
        }
        decided[flag] = true;
        for (_, value) in ways {
            chosen[flag] = value;
            let clashes = |r: &Rule| r.0.iter().all(|(f, _)| decided[*f]) && r.holds(chosen);
            if !self.rules.iter().any(clashes) && self.fill(chosen, decided) {
                return true;
            }
        }
        (decided[flag], chosen[flag]) = (false, None);
        false
    }

    /// The rows, and the pairs that can't stand in any.
    fn find(mut self) -> (Vec<Chosen>, Vec<Pair>) {
        let (mut rows, mut never) = (Vec::new(), Vec::new());
        while let Some(pair) = self.open.first().copied() {
            let (mut chosen, mut decided) = (vec![None; FLAGS.len()], vec![false; FLAGS.len()]);
            for (flag, value) in [pair.0, pair.1] {
                (chosen[flag], decided[flag]) = (Some(value), true);
            }
            let clashes = |r: &Rule| r.0.iter().all(|(f, _)| decided[*f]) && r.holds(&chosen);
            if self.rules.iter().any(clashes) || !self.fill(&mut chosen, &mut decided) {
                self.open.remove(&pair);
                never.push(pair);
                continue;
            }
            let set: Vec<(usize, usize)> = chosen.iter().enumerate().filter_map(|(f, v)| Some((f, (*v)?))).collect();
            for (i, a) in set.iter().enumerate() {
                for b in &set[i + 1..] {
                    self.open.remove(&(*a, *b));
                }
            }
            rows.push(chosen);
        }
        (rows, never)
    }
}

/// Nothing is forgotten: the table has every flag that `export` has, and no other.
#[test]
fn the_table_has_every_flag() {
    let ran = run_in(&Memory::default(), &["config", "--schema"]);
    let schema: serde_json::Value = serde_json::from_slice(&ran.out).expect("JSON");
    let mut flags: BTreeSet<&str> =
        schema["properties"].as_object().expect("flags").keys().map(String::as_str).collect();
    flags.remove("printers");
    // these can't stand in a file
    flags.extend(["config", "no-config"]);
    let ours: BTreeSet<&str> = FLAGS.iter().map(|f| f.name).collect();
    assert_eq!(ours.len(), FLAGS.len(), "a flag stands twice");
    assert_eq!(ours, flags, "tests/all/pairs/table.rs has one line for every flag of `export`");
}

/// `cardamom config` shows every flag with its value and where that is from: from nowhere, the project's file, the user's, or a
/// printer's table.
#[test]
fn config_shows_every_flag_and_where_it_is_from() {
    let shown = |project: &str, user: &str, flags: &[&str]| {
        let world = kitchen();
        world.write(Path::new("cardamom.toml"), project.as_bytes()).expect("written");
        world.write(Path::new("settings/config.toml"), user.as_bytes()).expect("written");
        let ran = run_in(&world, &[&["config"], flags].concat());
        assert!(ran.code == ExitCode::SUCCESS, "{project}{user}: {}", ran.err);
        String::from_utf8(ran.out).expect("text")
    };
    let unset = shown("", "", &[]);
    for flag in FLAGS.iter().filter(|f| !["config", "no-config"].contains(&f.name)) {
        let key = flag.name;
        let line = |text: &str, start: &str, from: &str| {
            let found = text.lines().any(|l| l.trim_start_matches("# ").starts_with(start) && l.contains(from));
            assert!(found, "`{start}` and `{from}` in\n{text}");
        };
        let nowhere = unset.lines().filter(|l| l.trim_start_matches("# ").split([' ', '=']).next() == Some(key));
        let nowhere: Vec<&str> = nowhere.collect();
        assert!(
            nowhere.len() == 1 && nowhere[0].contains("# default") || nowhere[0].contains("# not set"),
            "{nowhere:?}"
        );
        for value in flag.values {
            let entry = if value.is_empty() { format!("{key} = true") } else { format!("{key} = '{value}'") };
            let (here, printers) = (format!("{entry}\n"), "[printers.attic]\n");
            line(&shown(&format!("{here}{printers}"), "", &[]), &entry, "# cardamom.toml:1");
            line(&shown("", &format!("{here}{printers}"), &[]), &entry, "config.toml:1");
            // the project's file goes before the user's
            if key != "printer" {
                let both = shown(&format!("# ours\n{here}"), &here, &[]);
                line(&both, &entry, "# cardamom.toml:2");
                line(&both, &entry, "config.toml:1, not in force");
                let printer = shown(&here, &format!("{printers}{here}"), &["--printer", "attic"]);
                line(&printer, &entry, "config.toml:2");
                line(&printer, &entry, "# cardamom.toml:1, not in force");
            }
        }
    }
}

/// Every pair of values stands in some command that makes valid files, the same on one thread and on two.
#[test]
fn every_pair_makes_valid_files_or_is_refused() {
    try_all(Rows::new(false));
}

/// The same with commands as short as they can be. There are thousands.
#[test]
#[ignore = "takes minutes"]
fn every_pair_alone_makes_valid_files_or_is_refused() {
    try_all(Rows::new(true));
}

fn try_all(rows: Rows) {
    let (rows, never) = rows.find();
    let mut wrong = Vec::new();
    for row in &rows {
        let words = words(row);
        wrong.extend(faults(&words).into_iter().map(|f| format!("cardamom {}\n  {f}", words.join(" "))));
    }
    for ((a, x), (b, y)) in never {
        let mut chosen = vec![None; FLAGS.len()];
        (chosen[a], chosen[b]) = (Some(x), Some(y));
        wrong.extend(allowed(&words(&chosen), ""));
    }
    println!("{} rows", rows.len());
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

/// What the table says does not go together is refused, with what it says.
#[test]
fn what_does_not_go_together_is_refused() {
    let mut wrong = Vec::new();
    for clash in CLASHES {
        let most = clash.when.iter().map(|(_, values)| values.len()).max().unwrap_or_default();
        for turn in 0..most {
            let mut chosen = vec![None; FLAGS.len()];
            for (name, values) in clash.when.iter().filter(|(_, values)| !values.is_empty()) {
                let value = values[turn % values.len()];
                let flag = place(name);
                let at = FLAGS[flag].values.iter().position(|v| *v == value || values == &ANY);
                chosen[flag] = Some(at.unwrap_or_else(|| panic!("--{name} {value} is not in FLAGS")));
            }
            wrong.extend(allowed(&words(&chosen), clash.says));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every value that is wrong is refused with what would do.
#[test]
fn bad_values_are_refused_with_what_would_do() {
    let mut wrong = Vec::new();
    for flag in FLAGS {
        for (value, says) in flag.bad {
            let words = ["export".to_owned(), "--pdf=cards.pdf".to_owned(), format!("--{}={value}", flag.name)];
            wrong.extend(allowed(&words, says));
        }
    }
    for (flags, says) in TOGETHER {
        let output = (!flags.iter().any(|f| f.starts_with("--pdf"))).then_some("--pdf=cards.pdf");
        let words: Vec<String> = ["export"].iter().chain(&output).chain(*flags).map(ToString::to_string).collect();
        wrong.extend(allowed(&words, says));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Values that are wrong beside others.
const TOGETHER: &[(&[&str], &str)] = &[
    (&["--size=a6", "--sheet=a4", "--bleed=5mm", "--gutter=6mm"], "--gutter 10mm"),
    (&["--size=a4", "--sheet=letter"], "--sheet a4, a3, legal or tabloid"),
    (&["--size=5x8", "--sheet=a4", "--duplex=fold", "--printer-margin=25mm"], "--sheet a3 or tabloid"),
    (&["--stock=avery-5389", "--size=a6"], "--size 4x6"),
    (&["--stock=mine-stock.toml", "--size=4x6"], "--size a6"),
    (&["--large-print", "--size=3x5"], "half-letter"),
    (&["--punch=2-hole", "--size=4x6", "--orientation=landscape"], "--orientation portrait"),
    (&["--duplex=manual", "--sheet=a4", "--pdf=-"], "--pdf cards.pdf"),
];
