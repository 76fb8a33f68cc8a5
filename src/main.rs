//! The `cardamom` program.

fn main() -> std::process::ExitCode {
    cardamom::cli::run()
}
