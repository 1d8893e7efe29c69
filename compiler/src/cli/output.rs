//! Output files that are the old or the new ones, never half.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use crate::disk::reason;

/// How the folders are called in which files are written before they take their place.
const ASIDE: &str = ".milepost-";

/// So many written files stay open until they are brought to the disk together, which takes a twentieth of the
/// time of one after the other; systems let a process hold 256 and more.
const TOGETHER: usize = 100;

/// A folder aside that is older than this belongs to a build that was killed.
const STALE: Duration = Duration::from_secs(24 * 60 * 60);

/// The files of one build. All are written aside, in a folder inside the output folder, and take their places
/// by renaming when every one of them was written well; until then, and on any error, what was there before
/// stays as it was.
///
/// A file is brought to the disk before it is renamed. Without that, some file systems put the new name on
/// disk before what is in the file, and a power cut in between leaves an empty one where a good one was; and
/// a full disk or quota may show only then.
///
/// Files of an earlier build that this one does not write (the calendar of somebody who left) stay: what the
/// command did not make in this run, it does not delete.
#[derive(Debug)]
pub struct Outputs {
    folder: PathBuf,
    aside: TempDir,
    names: Vec<String>,
    /// Files that are written and not yet on the disk for sure.
    open: Vec<(String, File)>,
}

impl Outputs {
    /// Outputs for `folder`, which is made if it is not there.
    ///
    /// # Errors
    /// In words that name the folder.
    pub fn new(folder: &Path) -> Result<Self, String> {
        if folder.exists() && !folder.is_dir() {
            return Err(format!(
                "cannot write into `{}`: it is a file, a folder was expected",
                folder.display()
            ));
        }
        let error =
            |error: io::Error| format!("cannot write into `{}`: {}", folder.display(), reason(&error));
        fs::create_dir_all(folder).map_err(error)?;
        sweep(folder);
        let aside = tempfile::Builder::new().prefix(ASIDE).tempdir_in(folder).map_err(error)?;
        Ok(Self { folder: folder.to_path_buf(), aside, names: Vec::new(), open: Vec::new() })
    }

    /// Writes one file.
    ///
    /// # Errors
    /// In words that name the file.
    pub fn write(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), String> {
        let path = self.aside.path().join(name);
        let written = File::create_new(&path).and_then(|file| {
            let mut out = BufWriter::with_capacity(1 << 16, file);
            write(&mut out)?;
            out.into_inner().map_err(io::IntoInnerError::into_error)
        });
        let file = written.map_err(|error| self.error(name, &error))?;
        self.names.push(name.to_owned());
        self.open.push((name.to_owned(), file));
        if self.open.len() >= TOGETHER { self.settle() } else { Ok(()) }
    }

    /// Brings to the disk what is written.
    fn settle(&mut self) -> Result<(), String> {
        for (name, file) in std::mem::take(&mut self.open) {
            file.sync_all().map_err(|error| self.error(&name, &error))?;
        }
        Ok(())
    }

    /// Puts all files in their places and gives back how many there are.
    ///
    /// # Errors
    /// In words that name the file. What can be known beforehand is looked at before the first one is moved.
    pub fn finish(mut self) -> Result<usize, String> {
        self.settle()?;
        for name in &self.names {
            let target = self.folder.join(name);
            if target.is_dir() {
                return Err(format!("cannot write `{}`: it is a folder", target.display()));
            }
            // Who made an earlier file private wants the new one so, too.
            if let Ok(old) = fs::symlink_metadata(&target)
                && old.is_file()
            {
                fs::set_permissions(self.aside.path().join(name), old.permissions())
                    .map_err(|error| self.error(name, &error))?;
            }
        }
        for name in &self.names {
            fs::rename(self.aside.path().join(name), self.folder.join(name))
                .map_err(|error| self.error(name, &error))?;
        }
        // The new names, too, are brought to the disk; where a folder cannot be opened, that is up to the system.
        if let Ok(folder) = File::open(&self.folder) {
            let _ = folder.sync_all();
        }
        Ok(self.names.len())
    }

    fn error(&self, name: &str, error: &io::Error) -> String {
        format!("cannot write `{}`: {}", self.folder.join(name).display(), reason(error))
    }
}

/// Removes what killed builds left behind. A build that still runs has a folder aside that is younger.
fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let is_aside = |name: &OsStr| name.to_str().is_some_and(|name| name.starts_with(ASIDE));
        let is_stale = |time: SystemTime| time.elapsed().is_ok_and(|age| age > STALE);
        let changed = entry
            .metadata()
            .and_then(|kind| if kind.is_dir() { kind.modified() } else { Err(io::ErrorKind::Other.into()) });
        if is_aside(&entry.file_name()) && changed.is_ok_and(is_stale) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn files_come_together_or_not_at_all() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("a/b");
        let mut outputs = Outputs::new(&folder).unwrap();
        outputs.write("one", |out| out.write_all(b"1")).unwrap();
        outputs.write("two", |out| out.write_all(b"2")).unwrap();
        assert_eq!(names(&folder).len(), 1, "only the folder aside");
        assert_eq!(outputs.finish(), Ok(2));
        assert_eq!(names(&folder), ["one", "two"]);

        let mut outputs = Outputs::new(&folder).unwrap();
        outputs.write("one", |out| out.write_all(b"new")).unwrap();
        let full = outputs.write("two", |out| {
            out.write_all(b"half")?;
            Err(io::ErrorKind::StorageFull.into())
        });
        let path = folder.join("two").display().to_string();
        assert_eq!(full, Err(format!("cannot write `{path}`: no storage space")));
        drop(outputs);
        assert_eq!(names(&folder), ["one", "two"]);
        assert_eq!(fs::read(folder.join("one")).unwrap(), b"1");
    }

    #[test]
    fn a_folder_in_the_place_of_a_file_moves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("two")).unwrap();
        let mut outputs = Outputs::new(dir.path()).unwrap();
        outputs.write("one", |out| out.write_all(b"1")).unwrap();
        outputs.write("two", |out| out.write_all(b"2")).unwrap();
        let path = dir.path().join("two").display().to_string();
        assert_eq!(outputs.finish(), Err(format!("cannot write `{path}`: it is a folder")));
        assert_eq!(names(dir.path()), ["two"]);
    }

    #[test]
    fn a_file_in_the_place_of_the_folder_is_said() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("out");
        fs::write(&file, "x").unwrap();
        let said = Outputs::new(&file).unwrap_err();
        assert_eq!(
            said,
            format!("cannot write into `{}`: it is a file, a folder was expected", file.display())
        );
        assert!(Outputs::new(&file.join("deeper")).unwrap_err().ends_with("not a directory"));
        assert_eq!(fs::read(&file).unwrap(), b"x");
    }

    #[cfg(unix)]
    #[test]
    fn a_private_file_stays_private() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("one");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        for (wanted, set) in [(0o600, true), (0o600, false)] {
            let mut outputs = Outputs::new(dir.path()).unwrap();
            outputs.write("one", |out| out.write_all(b"1")).unwrap();
            outputs.finish().unwrap();
            if set {
                assert_ne!(mode(&file) & 0o044, 0, "others may read, if the user's mask lets them");
                fs::set_permissions(&file, fs::Permissions::from_mode(wanted)).unwrap();
            }
            assert_eq!(mode(&file), wanted);
        }
    }

    #[test]
    fn what_a_killed_build_left_is_removed_a_day_later() {
        let dir = tempfile::tempdir().unwrap();
        let (old, new) = (dir.path().join(".milepost-old"), dir.path().join(".milepost-new"));
        for folder in [&old, &new] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join("plan.csv"), "half").unwrap();
        }
        File::open(&old).unwrap().set_modified(SystemTime::now() - 2 * STALE).unwrap();
        Outputs::new(dir.path()).unwrap().finish().unwrap();
        assert_eq!(names(dir.path()), [".milepost-new"]);
    }
}
