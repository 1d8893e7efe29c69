//! The files of a plan, cut out of one input.

use std::collections::BTreeMap;
use std::sync::Arc;

use milepost::world::{ReadError, World};

/// Where the plan starts.
pub const ROOT: &str = "fixture.plan";

/// How the compiler's fixtures start a further file.
const NEXT: &[u8] = b"\n#=== ";

/// The files of an input. They are written as in the compiler's fixtures: `#=== PATH` starts a further one. Of those
/// that are not there, small ones stand in, so that what a plan imports is there more often than not.
#[derive(Clone, Debug)]
pub struct Files {
    own: BTreeMap<String, Arc<[u8]>>,
}

impl Files {
    /// The files of `input`.
    #[must_use]
    pub fn cut(input: &[u8]) -> Self {
        let mut files = Self { own: BTreeMap::new() };
        let (mut path, mut rest) = (ROOT.to_owned(), input);
        while let Some(at) = rest.windows(NEXT.len()).position(|window| window == NEXT) {
            files.add(&path, &rest[..=at]);
            let after = &rest[at + NEXT.len()..];
            let end = after.iter().position(|&byte| byte == b'\n').unwrap_or(after.len());
            path = String::from_utf8_lossy(&after[..end]).into_owned();
            // The line end stays, so that a further file may start right behind it.
            rest = &after[end..];
        }
        files.add(&path, rest);
        files
    }

    /// A plan and one more file.
    #[must_use]
    pub fn plan_and(plan: &[u8], path: &str, bytes: &[u8]) -> Self {
        let mut files = Self { own: BTreeMap::new() };
        files.add(ROOT, plan);
        files.add(path, bytes);
        files
    }

    fn add(&mut self, path: &str, bytes: &[u8]) {
        let bytes = if path == ROOT { bytes } else { bytes.strip_prefix(b"\n").unwrap_or(bytes) };
        self.own.entry(path.to_owned()).or_insert_with(|| Arc::from(bytes));
    }
}

impl World for Files {
    fn read(&self, path: &str) -> Result<Arc<[u8]>, ReadError> {
        if let Some(own) = self.own.get(path) {
            return Ok(Arc::clone(own));
        }
        let ending = path.rsplit('.').next().unwrap_or_default();
        let stand_in: &[u8] = match ending {
            "ics" => CALENDAR,
            "json" => HOLIDAYS,
            "csv" if path.contains("holiday") => b"date,kind,name\n2026-01-01,off,\n2026-01-04,work,x\n",
            "csv" => TABLE.as_bytes(),
            _ => return Err(ReadError::NotFound),
        };
        Ok(Arc::from(stand_in))
    }

    fn list(&self, pattern: &str) -> Result<Vec<String>, ReadError> {
        let Some((before, after)) = pattern.split_once('*') else { return Ok(vec![pattern.to_owned()]) };
        let fits = |path: &&String| path.starts_with(before) && path.ends_with(after);
        Ok(self.own.keys().filter(fits).cloned().collect())
    }
}

const CALENDAR: &[u8] =
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART;VALUE=DATE:20260101\r\n\
    DTEND;VALUE=DATE:20260104\r\nSUMMARY:off\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

const HOLIDAYS: &[u8] = br#"{"year": 2026, "days": [{"name": "x", "date": "2026-01-01", "isOffDay": true}]}"#;

const TABLE: &str = "Date,Close Date,Month,Amount,Bottles,ARR,Owner,Name,Kept,Due,Type\n\
    2025-01-05,2025-01-05,2025-01,10000,500,20k,liu,Acme,60%..80%,2026-02,visits\n\
    2025-02-05,2025-02-05,2025-02,20000,700,12k,chen,Beta,,2026-03-02,orders\n\
    2025-03-05,2025-03-05,2025-03,30000,600,5k,liu,Gamma,50%,,revenue\n";
