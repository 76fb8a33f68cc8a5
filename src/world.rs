//! Everything outside the program: files and the date. On disk, or in memory for tests.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::SystemTime;

/// A day and time in UTC, as file formats want it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub seconds: i64,
}

impl Date {
    /// Year, month, day, hour, minute, second (proleptic Gregorian calendar).
    pub fn parts(self) -> (i64, u32, u32, u32, u32, u32) {
        let (days, rest) = (self.seconds.div_euclid(86_400), self.seconds.rem_euclid(86_400) as u32);
        // days from civil, turned round; the era is 400 years of 146,097 days beginning on 1 March
        let z = days + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = (doy - (153 * mp + 2) / 5 + 1) as u32;
        let month = if mp < 10 { mp + 3 } else { mp - 9 } as u32;
        let year = yoe + era * 400 + i64::from(month <= 2);
        (year, month, day, rest / 3600, rest % 3600 / 60, rest % 60)
    }

    /// Reads `2026-11-22`, or `2026-11-22T10:00:00Z`, between the years 1980 and 9999: what archives and documents can hold.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn parse(text: &str) -> Result<Date, String> {
        let wrong = || "write a date like 2026-11-22, or 2026-11-22T10:00:00Z".to_owned();
        let (day, time) = text.trim().split_once('T').unwrap_or((text.trim(), "00:00:00Z"));
        let numbers = |text: &str, mark: char, widths: [usize; 3]| -> Option<[i64; 3]> {
            let parts: Vec<&str> = text.split(mark).collect();
            let sound = parts.len() == 3
                && parts.iter().zip(widths).all(|(p, w)| p.len() == w && p.bytes().all(|b| b.is_ascii_digit()));
            let mut parts = parts.into_iter().filter_map(|p| p.parse().ok());
            sound.then(|| [parts.next(), parts.next(), parts.next()].map(Option::unwrap_or_default))
        };
        let [year, month, date] = numbers(day, '-', [4, 2, 2]).ok_or_else(wrong)?;
        let [hour, minute, second] =
            time.strip_suffix('Z').and_then(|t| numbers(t, ':', [2, 2, 2])).ok_or_else(wrong)?;
        // civil to days, the inverse of `parts`
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let doy = (153 * ((month + 9) % 12) + 2) / 5 + date - 1;
        let yoe = y.rem_euclid(400);
        let days = era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468;
        let found = Date { seconds: days * 86_400 + hour * 3600 + minute * 60 + second };
        let same = found.parts() == (year, month as u32, date as u32, hour as u32, minute as u32, second as u32);
        match same && (1980..=9999).contains(&year) {
            true => Ok(found),
            false if same => Err("the year must be between 1980 and 9999".to_owned()),
            false => Err(format!("there is no `{}`", text.trim())),
        }
    }

    /// `2026-11-22`.
    pub fn day(self) -> String {
        let (y, mo, d, ..) = self.parts();
        format!("{y:04}-{mo:02}-{d:02}")
    }

    /// `2026-11-22T10:00:00Z`.
    pub fn iso(self) -> String {
        let (y, mo, d, h, mi, s) = self.parts();
        format!("{y:04}-{mo:02}-{d:02}T{h:02}:{mi:02}:{s:02}Z")
    }
}

/// Room for a file that is being made. It has no name and is gone with its value, whatever becomes of the program.
pub trait Scratch: Read + Write + Seek + Send {}

impl<T: Read + Write + Seek + Send> Scratch for T {}

/// Bytes of such a file that stay in memory: a book of a thousand recipes never goes to the disk before it is finished.
const ROOM: usize = 8 << 20;

/// Bytes of a file that are written at a time.
const PIECE: usize = 256 << 10;

/// What the program needs of the world.
pub trait World: Sync {
    /// The bytes of a file; `-` is standard input.
    ///
    /// # Errors
    /// As the operating system says.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// The files and folders in a folder, sorted.
    ///
    /// # Errors
    /// As the operating system says.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;
    /// Whether it is a folder.
    fn is_folder(&self, path: &Path) -> bool;
    /// Whether it is a file.
    fn is_file(&self, path: &Path) -> bool;
    /// Writes a file that outlives a power cut, such as the user's settings: it is there whole, or as it was before.
    ///
    /// # Errors
    /// As the operating system says.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.copy(&mut &bytes[..], path, true)
    }
    /// Writes what can be read from something: the file is there whole, or as it was before, whatever becomes of the program; if it is to
    /// be `durable`, even when the power fails, for which the disk is waited for.
    ///
    /// # Errors
    /// As the operating system says.
    fn copy(&self, from: &mut dyn Read, path: &Path, durable: bool) -> io::Result<()>;
    /// Room for a file that is to be written to `path` when it is finished. Of a long one little is in memory.
    fn scratch(&self, path: &Path) -> Box<dyn Scratch>;
    /// When a file was last changed; `None` where that is not known.
    fn modified(&self, path: &Path) -> Option<Date>;
    /// The date that the user fixes for all output, in `SOURCE_DATE_EPOCH`, as reproducible builds want it.
    fn fixed_date(&self) -> Option<Date>;
    /// The folder of the user's own settings of this program, whether it is there or not; `None` where there is no home.
    fn settings_folder(&self) -> Option<PathBuf>;
}

/// The real world.
#[derive(Debug, Default, Clone, Copy)]
pub struct Disk;

#[allow(clippy::disallowed_methods, reason = "the one place that touches the disk")]
impl World for Disk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        if path == Path::new("-") {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes)?;
            return Ok(bytes);
        }
        std::fs::read(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut all = std::fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<io::Result<Vec<_>>>()?;
        all.sort();
        Ok(all)
    }

    fn is_folder(&self, path: &Path) -> bool {
        path.is_dir()
    }

    fn is_file(&self, path: &Path) -> bool {
        path.is_file()
    }

    fn copy(&self, from: &mut dyn Read, path: &Path, durable: bool) -> io::Result<()> {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new().prefix(".cardamom-").suffix(".tmp").tempfile_in(folder)?;
        let mut out = io::BufWriter::with_capacity(PIECE, &mut file);
        io::copy(from, &mut out)?;
        out.flush()?;
        drop(out);
        if durable {
            file.as_file().sync_all()?;
        }
        // a temporary file is private; the finished one gets what a new file usually gets
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(path).map_or(0o644, |m| m.permissions().mode());
            file.as_file().set_permissions(std::fs::Permissions::from_mode(mode))?;
        }
        file.persist(path).map_err(|e| e.error)?;
        Ok(())
    }

    fn scratch(&self, path: &Path) -> Box<dyn Scratch> {
        // where the finished file will have room too; its own folder may not be there yet
        let beside = || path.ancestors().skip(1).find(|f| f.is_dir()).unwrap_or(Path::new(".")).to_owned();
        let folder = if path == Path::new("-") { std::env::temp_dir() } else { beside() };
        Box::new(tempfile::spooled_tempfile_in(ROOM, folder))
    }

    fn modified(&self, path: &Path) -> Option<Date> {
        let time = std::fs::metadata(path).and_then(|m| m.modified()).ok()?;
        let seconds = time.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
        Some(Date { seconds: i64::try_from(seconds).ok()? })
    }

    fn fixed_date(&self) -> Option<Date> {
        let seconds = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|v| v.trim().parse().ok());
        // years of four digits are all that file formats can hold
        seconds.filter(|s| (0..253_402_300_800).contains(s)).map(|seconds| Date { seconds })
    }

    fn settings_folder(&self) -> Option<PathBuf> {
        // by the XDG Base Directory Specification a relative path does not count
        let folder = |name| std::env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
        let usual = || {
            if cfg!(windows) {
                return folder("APPDATA");
            }
            folder("HOME").map(|h| {
                let own = if cfg!(target_os = "macos") { "Library/Application Support" } else { ".config" };
                h.join(own)
            })
        };
        folder("XDG_CONFIG_HOME").or_else(usual).map(|p| p.join("cardamom"))
    }
}

/// A world in memory.
#[derive(Debug, Default)]
pub struct Memory {
    files: Mutex<BTreeMap<PathBuf, Vec<u8>>>,
}

impl Memory {
    /// A world with these files.
    pub fn new<P: Into<PathBuf>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        Memory { files: Mutex::new(files.into_iter().map(|(p, b)| (p.into(), b.into())).collect()) }
    }

    fn with<T>(&self, f: impl FnOnce(&mut BTreeMap<PathBuf, Vec<u8>>) -> T) -> T {
        f(&mut self.files.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}

impl World for Memory {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.with(|f| f.get(path).cloned()).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        Ok(self.with(|f| f.keys().filter(|p| p.parent() == Some(folder)).cloned().collect()))
    }

    fn is_folder(&self, path: &Path) -> bool {
        self.with(|f| f.keys().any(|p| p.parent() == Some(path)))
    }

    fn is_file(&self, path: &Path) -> bool {
        self.with(|f| f.contains_key(path))
    }

    fn copy(&self, from: &mut dyn Read, path: &Path, _: bool) -> io::Result<()> {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes)?;
        self.with(|f| f.insert(path.to_owned(), bytes));
        Ok(())
    }

    fn scratch(&self, _: &Path) -> Box<dyn Scratch> {
        Box::new(io::Cursor::new(Vec::new()))
    }

    fn modified(&self, _: &Path) -> Option<Date> {
        None
    }

    fn fixed_date(&self) -> Option<Date> {
        Some(Date { seconds: 1_767_225_600 })
    }

    fn settings_folder(&self) -> Option<PathBuf> {
        Some(PathBuf::from("settings"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_files_are_made_beside_their_place_and_leave_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("books").join("long.epub");
        let piece = [7; 1 << 16];
        let pieces = ROOM / piece.len() + 3;
        let mut file = Disk.scratch(&path);
        for _ in 0..pieces {
            file.write_all(&piece).expect("room");
        }
        assert_eq!(Disk.list(folder.path()).expect("a folder"), [""; 0].map(PathBuf::from));
        file.rewind().expect("a beginning");
        Disk.copy(&mut file, &path, false).expect("written");
        drop(file);
        assert!(Disk.read(&path).expect("read") == piece.repeat(pieces));
        assert_eq!(Disk.list(&folder.path().join("books")).expect("a folder"), [path]);
    }

    #[test]
    fn dates() {
        assert_eq!(Date { seconds: 0 }.iso(), "1970-01-01T00:00:00Z");
        assert_eq!(Date { seconds: 1_767_225_600 }.iso(), "2026-01-01T00:00:00Z");
        assert_eq!(Date { seconds: 951_782_400 }.iso(), "2000-02-29T00:00:00Z");
        assert_eq!(Date { seconds: -1 }.iso(), "1969-12-31T23:59:59Z");
        for text in ["2026-01-01T00:00:00Z", "2000-02-29T00:00:00Z", "1980-03-01T12:34:56Z", "9999-12-31T23:59:59Z"] {
            assert_eq!(Date::parse(text).map(Date::iso), Ok(text.to_owned()));
        }
        assert_eq!(Date::parse("2026-11-22").map(Date::iso), Ok("2026-11-22T00:00:00Z".to_owned()));
        for wrong in
            ["2026-02-29", "2026-13-01", "22.11.2026", "2026-1-1", "1970-01-01", "2026-11-22T25:00:00Z", "", "T"]
        {
            assert!(Date::parse(wrong).is_err(), "{wrong}");
        }
    }
}
