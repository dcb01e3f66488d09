//! Generates the client of the Kajabi API into `$OUT_DIR`, where `src/lib.rs` includes it.

fn main() {
    let embedded = clientsmith::Generator::new().config("spec/clientsmith.toml").embed("kajabi");
    if let Err(failure) = embedded {
        eprintln!("{failure}");
        std::process::exit(1);
    }
}
