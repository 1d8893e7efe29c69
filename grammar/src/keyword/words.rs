/// A word with work of its own inside a statement; elsewhere it may be a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Word {
    /// The word.
    pub word: &'static str,
    /// The statements in which it has this meaning; `""` stands for lines that begin with a name or a date.
    pub after: &'static [&'static str],
    /// What it means, in one line.
    pub doc: &'static str,
}

/// The words inside statements.
pub const WORDS: &[Word] = &[
    w("activity", &["kind"], "work that leads to a result"),
    w("after", &["ramp"], "`after start`: the first step belongs to the first whole month"),
    w("as", &[""], "how the cells of a column are written"),
    w("aspirational", &["type"], "reached for; 70 % is a good end"),
    w(
        "at",
        &["every", "on", "hold", "level", ""],
        "a time of day, a number of points, or `at most`, `at least`",
    ),
    w("before", &["every", "remind"], "the working day before; how long before"),
    w("best-case", &["category"], "may still be won"),
    w(
        "by",
        &["measure", "hold", "reach", "checkpoint", "next", "support"],
        "the last day; of a period its last",
    ),
    w("by", &["share", "ramp", "fiscal"], "`by capacity`, `by weight`, `by month`, `named by start`"),
    w("capacity", &["share"], "weight times ramp over the days somebody works"),
    w("coin", &["missed", "prize", ""], "what incentives are counted in"),
    w("coins", &["missed", "prize", ""], "what incentives are counted in"),
    w("commit", &["category"], "as good as won"),
    w("committed", &["type"], "to be reached in full"),
    w("day", &["grain", "every", "measure", ""], "a calendar day"),
    w("days", &["takes", "remind", ""], "calendar days"),
    w("done", &["reach"], "the day it was reached"),
    w("each", &["share", "open", ""], "per head, or per unit"),
    w("else", &["every"], "what happens on a day off"),
    w("end", &["fiscal"], "the year it ends in"),
    w("evenly", &["share", "spread"], "in equal parts"),
    w("first", &["every"], "`first workday`"),
    w("for", &["every", "on", ""], "how long; which part of the left goes this way"),
    w(
        "from",
        &["measure", "history", "actuals", "accounts", "pipeline"],
        "where it starts; the file it comes from",
    ),
    w("half", &["grain", "measure", ""], "half a year"),
    w("higher", &["better"], "more is better"),
    w("hours", &["every", "on", "remind", "takes"], "hours"),
    w("in", &[""], "`1 in 20`: one of so many"),
    w("lag", &[""], "how much earlier the right comes than the left"),
    w("last", &["total", "every"], "the latest reading counts; `last workday`"),
    w("least", &["hold", ""], "`at least`"),
    w("like", &["share", "spread"], "as a history went"),
    w("lower", &["better"], "less is better"),
    w("min", &["every", "on", "remind", "takes"], "minutes"),
    w("month", &["grain", "every", "measure", "ramp", ""], "a calendar month"),
    w("months", &["takes", ""], "calendar months"),
    w("most", &["hold", ""], "`at most`"),
    w("named", &["fiscal"], "`named by start`"),
    w(
        "of",
        &["history", "accounts", "pipeline", "checkpoint", ""],
        "of which metric; of the target; of so many",
    ),
    w("omitted", &["category"], "left out"),
    w("on", &["every", "waive"], "on which days; for which goal"),
    w("outcome", &["kind"], "a result"),
    w("per", &["measure", "spread", ""], "in how long"),
    w("pipeline", &["category"], "open"),
    w("points", &["missed", "level", ""], "what levels are counted in"),
    w("pp", &["measure"], "percentage points"),
    w("quarter", &["grain", "every", "measure", ""], "a quarter, of the fiscal year where there is one"),
    w("require", &["specific", "measurable", "attainable", "relevant", "time-bound"], "what must be there"),
    w("role", &["share"], "only those of that role"),
    w("skip", &["every"], "falls out on a day off"),
    w("start", &["fiscal", "ramp"], "the year it starts in; somebody's first month"),
    w("starts", &["fiscal"], "`year starts`"),
    w("sum", &["total"], "readings add up"),
    w("target", &["checkpoint"], "`of target`: a percentage of the goal"),
    w(
        "ten-day",
        &["grain", "every", "measure", ""],
        "one of the three parts of a month: days 1–10, 11–20, the rest",
    ),
    w("to", &["measure"], "where it ends"),
    w("week", &["grain", "every", "measure", ""], "Monday to Sunday"),
    w("weeks", &["every", "takes", ""], "`2 weeks on tue`: every other week"),
    w("weight", &["share"], "as their `weight` says"),
    w("within", &["hold"], "between two bounds"),
    w("workday", &["every", "spread", "takes", ""], "a working day"),
    w("workdays", &["takes", ""], "working days"),
    w("work", &["import"], "words that make an event a working day"),
    w("year", &["fiscal", "grain", "measure", ""], "`fiscal year`; a calendar year"),
];

const fn w(word: &'static str, after: &'static [&'static str], doc: &'static str) -> Word {
    Word { word, after, doc }
}
