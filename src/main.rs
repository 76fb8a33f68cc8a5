//! The `cardamom` program.

fn main() -> std::process::ExitCode {
    // glibc takes blocks of more than 128 kB from the system one by one and gives them back at once, until it has seen a larger one
    // go. Compressors are that large, and a book takes a thousand of them.
    drop(std::hint::black_box(Vec::<u8>::with_capacity(1 << 20)));
    cardamom::cli::run()
}
