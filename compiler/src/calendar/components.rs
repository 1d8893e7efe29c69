//! Which component of a calendar each line belongs to.
//!
//! A file that ends in the middle of an event is not taken for a calendar without that event.

use super::content_line::{Line, LineError, Property};
use super::import::{ImportError, excerpt};
use crate::message::Message;

/// The components that are open, outermost first, with where they began.
#[derive(Default)]
pub(super) struct Components {
    open: Vec<(String, (usize, usize))>,
    /// Whether there was any.
    any: bool,
    /// Where the file ends, so far.
    end: (usize, usize),
}

/// What a line does.
pub(super) enum Step<'a> {
    /// It is blank.
    Nothing,
    /// Opens a component of that name, in capitals.
    Begin(&'a str),
    /// Closes a component of that name.
    End(String),
    /// Says something of the innermost component.
    Says(&'a str, Property<'a>),
}

impl Components {
    /// Inside a component of that name, for a reader that starts there.
    pub(super) fn inside(name: &str) -> Self {
        Self { open: vec![(name.to_owned(), (1, 1))], any: true, end: (1, 1) }
    }

    pub(super) fn step<'a>(&'a mut self, line: &'a Line) -> Result<Step<'a>, ImportError> {
        self.end = line.place(line.text.len());
        if line.text.trim().is_empty() {
            return Ok(Step::Nothing);
        }
        let property = match line.property() {
            Some(property) => property,
            None if !self.any => return Err(no_calendar(line)),
            None => return Err(line.error(0, Message::IcsLine { found: excerpt(&line.text) })),
        };
        match property.name.as_str() {
            "BEGIN" => {
                let component = property.value.trim().to_ascii_uppercase();
                match self.open.last() {
                    None if component != "VCALENDAR" => return Err(no_calendar(line)),
                    Some((outer, begin)) if component == "VCALENDAR" || component == *outer => {
                        return Err(
                            line.error(0, Message::IcsNotClosed { component: outer.clone(), line: begin.0 })
                        );
                    }
                    _ => {}
                }
                self.any = true;
                self.open.push((component, line.place(0)));
                Ok(Step::Begin(self.innermost().unwrap_or_default()))
            }
            "END" => match self.open.pop() {
                Some((component, _)) if property.value.trim().eq_ignore_ascii_case(&component) => {
                    Ok(Step::End(component))
                }
                Some((component, begin)) => {
                    Err(line.error(0, Message::IcsNotClosed { component, line: begin.0 }))
                }
                None => Err(no_calendar(line)),
            },
            _ => Ok(Step::Says(self.innermost().ok_or_else(|| no_calendar(line))?, property)),
        }
    }

    fn innermost(&self) -> Option<&str> {
        self.open.last().map(|(name, _)| name.as_str())
    }

    /// What is wrong with a file that ends here.
    pub(super) fn finish(mut self) -> Result<(), ImportError> {
        match self.open.pop() {
            Some((component, begin)) => {
                Err(ImportError::new(self.end, Message::IcsUnfinished { component, line: begin.0 }))
            }
            None if !self.any => {
                Err(ImportError::new((1, 1), Message::IcsNoCalendar { found: String::new() }))
            }
            None => Ok(()),
        }
    }
}

fn no_calendar(line: &Line) -> ImportError {
    line.error(0, Message::IcsNoCalendar { found: excerpt(&line.text) })
}

/// What is wrong with a file that is in memory, where reading cannot fail.
pub(super) fn in_memory(error: LineError) -> ImportError {
    match error {
        LineError::Wrong(error) => error,
        LineError::Unreadable(_) => ImportError::new((1, 1), Message::IcsNoCalendar { found: String::new() }),
    }
}
