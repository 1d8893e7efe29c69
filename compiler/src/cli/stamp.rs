//! When a plan came to say what it says.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::UNIX_EPOCH;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

/// Reads what was given as `--stamp`: a time of RFC 3339, or a date, which begins at midnight UTC.
///
/// # Errors
/// In words.
pub fn parse(text: &str) -> Result<NaiveDateTime, String> {
    let date = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == 10);
    let stamp = match DateTime::parse_from_rfc3339(text) {
        Ok(time) => Some(time.naive_utc()),
        Err(_) => date().map(|date| date.and_time(NaiveTime::MIN)),
    };
    stamp.ok_or_else(|| {
        format!(
            "expected a time such as `2026-01-31T09:00:00Z` or a date such as `2026-01-31`, found `{text}`"
        )
    })
}

/// The time of the last commit that touched one of `files`; if they are not in git, or not as they were
/// committed, the time of their newest change on disk. Files that are not there do not count.
#[must_use]
pub fn of_files(folder: &Path, files: &[PathBuf]) -> NaiveDateTime {
    committed(folder, files).unwrap_or_else(|| changed(files))
}

/// The time of the newest commit, if git knows all files and nothing was changed since.
fn committed(folder: &Path, files: &[PathBuf]) -> Option<NaiveDateTime> {
    // A command line holds some ten thousands of characters at least.
    const AT_ONCE: usize = 100;
    let mut newest = None;
    for files in files.chunks(AT_ONCE) {
        if !git(folder, &["status", "--porcelain", "--untracked-files=all", "--ignored"], files)?.is_empty() {
            return None;
        }
        let time = git(folder, &["log", "-1", "--format=%cI"], files)?;
        let time = DateTime::parse_from_rfc3339(time.trim()).ok()?.naive_utc();
        newest = newest.max(Some(time));
    }
    newest
}

fn git(folder: &Path, command: &[&str], files: &[PathBuf]) -> Option<String> {
    // Nothing that the repository's settings name is run, and its index stays as it is.
    let output = Command::new("git")
        .args([
            "--no-optional-locks",
            "--literal-pathspecs",
            "-c",
            "core.fsmonitor=false",
            "-c",
            "log.showSignature=false",
        ])
        .args(command)
        .arg("--")
        .args(files)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .ok()?;
    if output.status.success() { String::from_utf8(output.stdout).ok() } else { None }
}

/// The time of the newest change on disk, in whole seconds.
fn changed(files: &[PathBuf]) -> NaiveDateTime {
    let time = |file: &PathBuf| fs::metadata(file).ok()?.modified().ok()?.duration_since(UNIX_EPOCH).ok();
    let newest = files.iter().filter_map(time).max().unwrap_or_default();
    let seconds = i64::try_from(newest.as_secs()).unwrap_or(0);
    DateTime::<Utc>::from_timestamp(seconds, 0).unwrap_or_default().naive_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn git(folder: &Path, arguments: &[&str]) -> bool {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]);
        command.env("GIT_COMMITTER_DATE", "2026-01-02T03:04:05+08:00").env("GIT_CONFIG_GLOBAL", "/dev/null");
        command.args(arguments).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }

    #[test]
    fn a_stamp_is_a_time_or_a_date() {
        let stamp = |text| parse(text).map(|time| time.to_string());
        assert_eq!(stamp("2026-01-31T09:00:00+08:00").as_deref(), Ok("2026-01-31 01:00:00"));
        assert_eq!(stamp("2026-01-31T09:00:00.5Z").as_deref(), Ok("2026-01-31 09:00:00.500"));
        assert_eq!(stamp("2026-01-31").as_deref(), Ok("2026-01-31 00:00:00"));
        for text in ["", "now", "2026-02-30", "2026-1-1", "20260131", "2026-01-31T09:00", "2026-01-31 09:00"]
        {
            let said = stamp(text).unwrap_err();
            assert!(
                said.starts_with("expected a time such as") && said.ends_with(&format!("found `{text}`")),
                "{said}"
            );
        }
    }

    #[test]
    fn the_last_commit_counts_until_something_changes() {
        let dir = tempfile::tempdir().unwrap();
        let files = ["a.plan", "b*.csv"].map(|name| dir.path().join(name));
        let at = |file: &Path, seconds: u64| {
            let time = UNIX_EPOCH + std::time::Duration::from_secs(seconds);
            fs::File::options().append(true).open(file).unwrap().set_modified(time).unwrap();
        };
        for (file, seconds) in files.iter().zip([1_800_000_000, 1_900_000_000]) {
            fs::write(file, "x").unwrap();
            at(file, seconds);
        }
        let stamp = || of_files(dir.path(), &files).to_string();
        assert_eq!(stamp(), "2030-03-17 17:46:40");
        if !(git(dir.path(), &["init", "-q"])
            && git(dir.path(), &["add", "."])
            && git(dir.path(), &["commit", "-qm", "a"]))
        {
            return;
        }
        assert_eq!(stamp(), "2026-01-01 19:04:05");
        fs::write(&files[0], "changed").unwrap();
        assert_eq!(stamp(), of_files(dir.path(), &[files[0].clone(), files[1].clone()]).to_string());
        assert_ne!(stamp(), "2026-01-01 19:04:05");
        assert_eq!(of_files(dir.path(), &files[1..]).to_string(), "2026-01-01 19:04:05");
        assert_eq!(of_files(dir.path(), &[dir.path().join("gone")]).to_string(), "1970-01-01 00:00:00");
    }
}
