//! Colours, used sparingly: bold for what counts, dim for what is beside it.

/// What a piece of text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    Plain,
    /// Titles and sums.
    Strong,
    /// Names beside titles, heads of columns, remarks.
    Quiet,
    /// What a day has to bring.
    Pace,
    /// What is otherwise than in the plan.
    WhatIf,
    /// Scores, by how good they are.
    Red,
    Amber,
    Green,
}

impl Role {
    /// `text` as a terminal is told to show it.
    pub(crate) fn paint(self, text: &str, colour: bool) -> String {
        let code = match self {
            Self::Plain => "",
            Self::Strong => "1",
            Self::Quiet => "2",
            Self::Pace | Self::Green => "32",
            Self::WhatIf | Self::Amber => "33",
            Self::Red => "31",
        };
        if !colour || code.is_empty() || text.is_empty() {
            return text.to_owned();
        }
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}
