//! A name and what people call it.

use crate::harmless::line;

/// A name, and a title where one is written that says more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// What the plan refers to it by.
    pub name: String,
    /// What people read.
    pub title: Option<String>,
}

impl Label {
    /// The label of something with that name and title.
    #[must_use]
    pub fn new(name: &str, title: Option<&str>) -> Self {
        let title = title.map(|title| line(title).trim().to_owned());
        let says_more = |title: &String| !title.is_empty() && title != name;
        Self { name: name.to_owned(), title: title.filter(says_more) }
    }

    /// What people read: the title, or else the name.
    #[must_use]
    pub fn text(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.name)
    }

    /// The name, where [`Label::text`] is something else.
    #[must_use]
    pub fn beside(&self) -> Option<&str> {
        self.title.as_ref().map(|_| self.name.as_str())
    }
}
