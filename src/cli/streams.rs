//! Standard output and standard error. A run within another program keeps what it says instead, without colours.

use std::cell::RefCell;
use std::io::{self, Read, Write};

/// What a run has said so far.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// On standard output.
    pub(super) out: Vec<u8>,
    /// On standard error.
    pub(super) err: Vec<u8>,
}

thread_local! {
    /// Where a run that is listened to puts its words. The thread that began a run is the only one that speaks.
    static KEPT: RefCell<Option<Said>> = const { RefCell::new(None) };
}

/// Keeps what is said while something runs.
pub(super) fn listen<T>(run: impl FnOnce() -> T) -> (T, Said) {
    KEPT.set(Some(Said::default()));
    let made = run();
    (made, KEPT.take().unwrap_or_default())
}

/// Whether somebody listens; else the streams are the process's own.
pub(super) fn listened_to() -> bool {
    KEPT.with_borrow(Option::is_some)
}

/// Parts with what a run no longer needs. A process of its own is about to end: giving back what a thousand recipes hold, piece by
/// piece, would only take time. Within another program it is given back.
pub(super) fn part_with<T>(value: T) {
    if listened_to() {
        drop(value);
    } else {
        std::mem::forget(value);
    }
}

/// Writes text to standard output. A reader that has gone away is no error.
pub(super) fn say(text: &str) {
    let kept = keep(|said| said.out.extend(anstream::adapter::strip_str(text).to_string().bytes()));
    if !kept {
        let _ = anstream::stdout().write_all(text.as_bytes());
    }
}

/// Writes text to standard error.
pub(super) fn complain(text: &str) {
    let kept = keep(|said| said.err.extend(anstream::adapter::strip_str(text).to_string().bytes()));
    if !kept {
        let _ = anstream::stderr().write_all(text.as_bytes());
    }
}

/// Writes what can be read from a file to standard output.
///
/// # Errors
/// As the operating system says.
pub(super) fn hand_out(file: &mut dyn Read) -> io::Result<()> {
    if listened_to() {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        keep(|said| said.out.append(&mut bytes));
        return Ok(());
    }
    let mut out = io::stdout().lock();
    io::copy(file, &mut out).and_then(|_| out.flush())
}

/// Gives words to the listener, if there is one.
fn keep(put: impl FnOnce(&mut Said)) -> bool {
    KEPT.with_borrow_mut(|kept| kept.as_mut().map(put).is_some())
}
