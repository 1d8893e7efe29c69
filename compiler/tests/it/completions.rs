//! What shells and package builders ask of a command.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::outputs::{milepost, said};

#[test]
fn every_shell_gets_its_completions() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = milepost(folder.path(), &["completions", shell]);
        assert!(output.status.success(), "{}", said(&output));
        let script = String::from_utf8(output.stdout).unwrap();
        for word in
            ["milepost", "check", "build", "explain", "fmt", "new", "watch", "completions", "previous"]
        {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(milepost(folder.path(), &["completions", "dos"]).status.code(), Some(2));
}

/// Bash itself takes the script, and completes with it.
#[test]
fn bash_completes() {
    let folder = tempfile::tempdir().unwrap();
    let script = milepost(folder.path(), &["completions", "bash"]).stdout;
    let asked = "COMP_WORDS=(milepost build --ke); COMP_CWORD=2; _milepost milepost --ke build; echo \"${COMPREPLY[@]}\"\n";
    let mut bash = match Command::new("bash").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() {
        Ok(bash) => bash,
        Err(error) => return println!("skipped: no bash: {error}"),
    };
    let mut input = bash.stdin.take().unwrap();
    input.write_all(&script).unwrap();
    input.write_all(asked.as_bytes()).unwrap();
    drop(input);
    let output = bash.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "--keep-going\n");
}

#[test]
fn the_version_is_that_of_the_package() {
    let folder = tempfile::tempdir().unwrap();
    let output = milepost(folder.path(), &["--version"]);
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        format!("milepost {}\n", env!("CARGO_PKG_VERSION"))
    );
}
