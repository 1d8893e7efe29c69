//! What the command line sets for one run: `--set field-sales.orders="1 in 25"`.

use std::str::FromStr;

/// What the settings of a run are called where files are named.
pub const NAME: &str = "--set";

/// One value to put in the place of another, as a line of a scenario would.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Set {
    /// The line, `field-sales.orders 1 in 25`.
    pub statement: String,
}

impl FromStr for Set {
    type Err = String;

    /// Reads `PATH=VALUE`; what both mean is told when the plan is known.
    fn from_str(text: &str) -> Result<Self, String> {
        let form = "write PATH=VALUE, such as field-sales.orders=\"1 in 25\"";
        let (path, value) = text.split_once('=').ok_or_else(|| format!("no `=` in it; {form}"))?;
        let (path, value) = (path.trim(), value.trim());
        if path.is_empty() || value.is_empty() {
            let missing = if path.is_empty() { "path before" } else { "value behind" };
            return Err(format!("no {missing} the `=`; {form}"));
        }
        let statement = format!("{path} {value}");
        if statement.contains(char::is_control) {
            return Err(format!("a value stands on one line; {form}"));
        }
        Ok(Self { statement })
    }
}
