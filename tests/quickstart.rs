//! The example that a newcomer runs first works, without an account and without the network.

mod cargo;

/// What the example prints, run without the environment variables that make it call the real service.
fn quickstart() -> String {
    let output = cargo::command()
        .args(["run", "--quiet", "--package", "kajabi", "--example", "quickstart"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("KAJABI_CLIENT_ID")
        .env_remove("KAJABI_CLIENT_SECRET")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_quickstart_runs_and_prints_what_happens() {
    insta::assert_snapshot!(quickstart());
}
