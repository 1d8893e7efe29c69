//! The words that hints and lenses use.

/// Between facts of one line.
pub(super) const BETWEEN: &str = " · ";

/// Above a plan, to have it compared with what was committed last.
pub(super) const DIFF: &str = "Diff against HEAD";

/// Whose pace it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Each {
    /// Of one person, or of a team as a whole.
    One,
    /// Of each of several people who have the same claim.
    Alike,
    /// Of several people, some of whom have more.
    OnAverage,
}

/// `5 visits a day each`
pub(super) fn pace(amount: &str, each: Each, at_most: bool) -> String {
    let most = if at_most { "at most " } else { "" };
    let each = match each {
        Each::One => "",
        Each::Alike => " each",
        Each::OnAverage => " each, on average",
    };
    format!("{most}{amount} a day{each}")
}

/// What a figure comes to.
pub(super) fn comes_to(amount: &str) -> String {
    format!("= {amount}")
}

/// What existing accounts leave.
pub(super) fn left_to_win(amount: &str) -> String {
    format!("{amount} new")
}

/// What each of several people has.
pub(super) fn of_each(people: usize, least: &str, most: &str) -> String {
    if least == most {
        format!("{people} people, {least} each")
    } else {
        format!("{people} people, {least} to {most}")
    }
}

/// The title of a key result's lens.
pub(super) fn lens(pace: Option<&str>, rest: &[String]) -> String {
    let pace = pace.map(|pace| format!("pace: {pace}"));
    let parts: Vec<&str> = pace.as_deref().into_iter().chain(rest.iter().map(String::as_str)).collect();
    parts.join(BETWEEN)
}

/// The title of an objective's lens.
pub(super) fn objective(key_results: usize, first: &str, last: &str, working_days: usize) -> String {
    let results = if key_results == 1 { "key result" } else { "key results" };
    let days = if working_days == 1 { "working day" } else { "working days" };
    format!("{key_results} {results}{BETWEEN}{first}..{last}{BETWEEN}{working_days} {days}")
}
