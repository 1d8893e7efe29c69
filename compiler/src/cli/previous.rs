//! The calendars of the last output, for `--previous`.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File};
use std::hash::{Hash, Hasher};
use std::io::{self, BufReader, Seek};
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use crate::calendar::content_line::LineError;
use crate::calendar::published::{self, PublishedEvent, PublishedHead};
use crate::disk::reason;
use crate::emit::previous::Previous;
use crate::emit::{file_names, uid};
use crate::plan::{PersonId, Plan};

/// The calendar of everybody.
pub const WHOLE: &str = "calendar.ics";

/// The calendars that were written last time.
///
/// Each calendar is compared with the one of the same file name: what stood in it and does not any more is
/// called off, also in the calendar of somebody who left. Where a person's own is not at hand, their days in
/// the calendar of everybody stand for it; a file of another name is taken for one of everybody.
///
/// An event that had been called off already stays so until its day is over: whoever missed one build hears of
/// it from the next, and files do not grow for ever. Its day is over when the new stamp is later.
///
/// Of each event no more is held than a number and where it stands in its file.
#[derive(Debug, Default)]
pub struct OldCalendars {
    files: Vec<PathBuf>,
    /// By the name of the new calendar.
    events: BTreeMap<String, Vec<OldEvent>>,
    /// The calendars of people who left: file name, and name to show.
    left: BTreeMap<String, String>,
    /// What to say to whoever builds.
    warning: Option<String>,
}

/// An event of the last output.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct OldEvent {
    /// Of its UID. 64 bits: among a million events two are the same once in thirty million builds.
    hash: u64,
    /// Which file, and its first byte there.
    file: usize,
    offset: u64,
}

impl OldCalendars {
    /// Reads the calendars at `paths`, files or folders. `out` is the folder that is written to, which need not
    /// hold any yet. With `person`, only what was theirs counts.
    ///
    /// # Errors
    /// In words that name file and line.
    pub fn read(
        paths: &[PathBuf],
        out: &Path,
        plan: &Plan,
        person: Option<PersonId>,
        stamp: NaiveDateTime,
    ) -> Result<Self, String> {
        let mut old = Self::default();
        for path in paths {
            old.files.extend(calendars_at(path, out)?);
        }
        let mut newest: Option<(NaiveDateTime, usize)> = None;
        let mut own: BTreeMap<String, PublishedHead> = BTreeMap::new();
        let mut days: BTreeMap<String, Vec<OldEvent>> = BTreeMap::new();
        for file in 0..old.files.len() {
            let Some(path) = old.files.get(file) else { continue };
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or(WHOLE);
            let name = if is_of_one(name) { name.to_owned() } else { WHOLE.to_owned() };
            let events = old.events.entry(name.clone()).or_default();
            let head = read(path, |event| {
                if event.cancelled && event.last < stamp.date() {
                    return;
                }
                let known = OldEvent { hash: hash(&event.uid), file, offset: event.offset };
                events.push(known);
                if name == WHOLE
                    && let Some(person) = uid::person_of_day(&event.uid)
                {
                    match days.get_mut(person) {
                        Some(days) => days.push(known),
                        None => drop(days.insert(person.to_owned(), vec![known])),
                    }
                }
            })?;
            newest = newest.max(head.stamped.map(|stamped| (stamped, file)));
            if name != WHOLE {
                own.insert(name, head);
            }
        }
        old.fill_in(plan, days, &own);
        old.keep_to(plan, person);
        old.warning = newest.filter(|(stamped, _)| *stamped > stamp).and_then(|(stamped, file)| {
            Some(format!(
                "`{}` is of {}Z, later than {}Z, the stamp of this build: calendars that have read it will keep what \
                 it says; give a later `--stamp`",
                old.files.get(file)?.display(),
                stamped.format("%Y-%m-%dT%H:%M:%S"),
                stamp.format("%Y-%m-%dT%H:%M:%S"),
            ))
        });
        Ok(old)
    }

    /// Gives the people whose own calendar is not at hand their days in that of everybody, and finds out who left.
    fn fill_in(
        &mut self,
        plan: &Plan,
        days: BTreeMap<String, Vec<OldEvent>>,
        own: &BTreeMap<String, PublishedHead>,
    ) {
        let files = file_names::calendars(plan);
        let here: HashMap<String, &String> =
            plan.people.iter().map(|person| uid::ascii(&person.name)).zip(&files).collect();
        let title = plan.title.as_deref().unwrap_or(&plan.name);
        // A name that is too long for a UID cannot be had back; such days are in the calendar of everybody alone.
        let gone: Vec<(String, Vec<OldEvent>)> = days
            .into_iter()
            .filter_map(|(person, days)| match here.get(&person) {
                Some(file) => {
                    if !own.contains_key(*file) {
                        self.events.insert((*file).clone(), days);
                    }
                    None
                }
                None => Some((uid::from_ascii(&person)?, days)),
            })
            .collect();
        let names: Vec<&str> = plan.people.iter().map(|person| person.name.as_str()).collect();
        let all: Vec<&str> =
            names.iter().copied().chain(gone.iter().map(|(name, _)| name.as_str())).collect();
        for ((name, days), file) in gone.iter().zip(file_names::distinct(&all).into_iter().skip(names.len()))
        {
            let file = format!("calendar-{file}.ics");
            if !own.contains_key(&file) && !files.contains(&file) {
                self.left.insert(file.clone(), format!("{title} · {name}"));
                self.events.insert(file, days.clone());
            }
        }
        let files: BTreeSet<String> = files.into_iter().collect();
        for (file, head) in own.iter().filter(|(file, _)| !files.contains(*file)) {
            self.left.insert(file.clone(), head.name.clone());
        }
        self.left.retain(|file, _| self.events.get(file).is_some_and(|events| !events.is_empty()));
    }

    /// Where only one person's work is written, both calendars are theirs.
    fn keep_to(&mut self, plan: &Plan, person: Option<PersonId>) {
        let Some(person) = person else { return };
        let file = file_names::calendars(plan).into_iter().nth(person.index()).unwrap_or_default();
        let events = self.events.remove(&file).unwrap_or_default();
        self.events = BTreeMap::from([(WHOLE.to_owned(), events.clone()), (file, events)]);
        self.left.clear();
    }

    /// The calendars of people who left, that are to be written all the same: file name, and name to show.
    pub fn left(&self) -> impl Iterator<Item = (&str, &str)> {
        self.left.iter().map(|(file, name)| (file.as_str(), name.as_str()))
    }

    /// What to say to whoever builds.
    #[must_use]
    pub fn warning(&self) -> Option<&str> {
        self.warning.as_deref()
    }

    /// What the calendar of that file name had.
    #[must_use]
    pub fn of(&self, name: &str) -> OldCalendar<'_> {
        let mut events = self.events.get(name).cloned().unwrap_or_default();
        events.sort_unstable();
        // Of one that stands twice, the last one counts.
        events.reverse();
        events.dedup_by_key(|event| event.hash);
        events.reverse();
        let kept = vec![false; events.len()];
        OldCalendar { files: &self.files, events, kept, called_off: 0 }
    }
}

/// What one calendar had.
#[derive(Debug)]
pub struct OldCalendar<'a> {
    files: &'a [PathBuf],
    /// By hash, each once.
    events: Vec<OldEvent>,
    kept: Vec<bool>,
    called_off: usize,
}

impl OldCalendar<'_> {
    /// How many events were called off.
    #[must_use]
    pub fn called_off(&self) -> usize {
        self.called_off
    }
}

impl Previous for OldCalendar<'_> {
    fn keeps(&mut self, uid: &str) {
        if self.events.is_empty() {
            return;
        }
        let found = self.events.binary_search_by_key(&hash(uid), |event| event.hash);
        if let Some(kept) = found.ok().and_then(|at| self.kept.get_mut(at)) {
            *kept = true;
        }
    }

    fn gone(&mut self, each: &mut dyn FnMut(&PublishedEvent) -> io::Result<()>) -> io::Result<()> {
        let gone = self.events.iter().zip(&self.kept).filter(|(_, kept)| !**kept);
        let mut gone: Vec<OldEvent> = gone.map(|(event, _)| *event).collect();
        // In the order they were written in.
        gone.sort_unstable_by_key(|event| (event.file, event.offset));
        for events in gone.chunk_by(|event, next| event.file == next.file) {
            let Some(path) = events.first().and_then(|event| self.files.get(event.file)) else { continue };
            let changed = || io::Error::other(format!("`{}` changed while it was read", path.display()));
            let mut file = BufReader::new(File::open(path)?);
            for event in events {
                let here = i64::try_from(file.stream_position()?).map_err(|_| changed())?;
                let there = i64::try_from(event.offset).map_err(|_| changed())?;
                file.seek_relative(there - here)?;
                let read = published::read_one(&mut file).map_err(|error| match error {
                    LineError::Unreadable(error) => error,
                    LineError::Wrong(_) => changed(),
                })?;
                if hash(&read.uid) != event.hash {
                    return Err(changed());
                }
                each(&read)?;
                self.called_off += 1;
            }
        }
        Ok(())
    }
}

/// The calendars at `path`: itself, or those of a folder by name.
fn calendars_at(path: &Path, out: &Path) -> Result<Vec<PathBuf>, String> {
    let error = |error: io::Error| format!("cannot read `{}`: {}", path.display(), reason(&error));
    if !path.is_dir() {
        // A first build has nothing before it.
        if path == out && !path.exists() {
            return Ok(Vec::new());
        }
        fs::metadata(path).map_err(error)?;
        return Ok(vec![path.to_path_buf()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(error)? {
        let entry = entry.map_err(error)?;
        let name = entry.file_name();
        if name.to_str().is_some_and(|name| name == WHOLE || is_of_one(name)) {
            files.push(path.join(name));
        }
    }
    files.sort();
    if files.is_empty() && path != out {
        return Err(format!(
            "`{}` holds no calendar; `--previous` takes the folder of the last output, or one of its calendars",
            path.display()
        ));
    }
    Ok(files)
}

/// Whether a file is called `calendar-NAME.ics`.
#[must_use]
pub fn is_of_one(name: &str) -> bool {
    name.starts_with("calendar-") && name.ends_with(".ics")
}

fn read(path: &Path, each: impl FnMut(PublishedEvent)) -> Result<PublishedHead, String> {
    let unreadable = |error: io::Error| format!("cannot read `{}`: {}", path.display(), reason(&error));
    let file = File::open(path).map_err(unreadable)?;
    let head =
        published::read(BufReader::with_capacity(1 << 16, file), each).map_err(|error| match error {
            LineError::Unreadable(error) => unreadable(error),
            LineError::Wrong(error) => format!("{}:{}: {}", path.display(), error.line, error.message.text()),
        })?;
    if !head.product.contains("Milepost") {
        return Err(format!(
            "`{}` was not written by `milepost build`, and nothing in it can be called off",
            path.display()
        ));
    }
    Ok(head)
}

fn hash(uid: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    uid.hash(&mut hasher);
    hasher.finish()
}
