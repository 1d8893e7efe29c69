//! Every message: its code, its severity, its arguments. The words are in [`crate::english`], so that another
//! language is one more table.

use crate::diagnostic::Severity;
use crate::noun::Noun;
use crate::remark::Remark;
use crate::table::{CellPlace, RowList};

macro_rules! messages {
    ($($(#[$doc:meta])* $severity:ident $code:literal $name:ident $({ $($field:ident: $type:ty),* $(,)? })?;)*) => {
        /// What a message says, with its arguments.
        #[derive(Clone, PartialEq, Eq, Debug)]
        #[allow(missing_docs)] // the arguments are named for what they are
        pub enum Message {
            /// What the grammar says about text it cannot read.
            Syntax(milepost_grammar::Message),
            /// What a SMART check says.
            Smart(Box<Remark>),
            $($(#[$doc])* $name $({ $($field: $type),* })?,)*
        }

        impl Message {
            /// The code, `area::name`.
            #[must_use]
            pub fn code(&self) -> &'static str {
                match self {
                    Self::Syntax(message) => message.code(),
                    Self::Smart(remark) => remark.check().code(),
                    $(Self::$name { .. } => $code,)*
                }
            }

            /// How bad it usually is.
            #[must_use]
            pub const fn severity(&self) -> Severity {
                match self {
                    Self::Syntax(_) => Severity::Error,
                    Self::Smart(remark) => remark.severity(),
                    $(Self::$name { .. } => Severity::$severity,)*
                }
            }
        }

        /// The codes of all messages of the compiler, each once, in the order of the table.
        pub const CODES: &[&str] = &[$($code),*];
    };
}

/// Work that should have been done before the plan.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)] // the fields are named for what they are
pub struct WorkBefore {
    pub amount: String,
    pub metric: String,
    pub from: String,
    /// The plan's first day.
    pub start: String,
    /// What open deals come to by their probability.
    pub deals: String,
}

/// What a deal does not say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lack {
    /// What it brings.
    Amount,
    /// When it is decided.
    Close,
    /// How likely it is won.
    Chance,
}

messages! {
    /// A check that there is not.
    Error "name::unknown" UnknownCheck { name: String, known: Vec<String>, near: Option<String> };
    /// An exception that says no reason.
    Warning "waiver::no-reason" WaivedWithoutReason { check: String };
    /// An exception for a goal that the block is not about.
    Error "waiver::outside" WaiverOutside { goal: String };
    /// An exception where nothing would be said.
    Warning "waiver::unused" WaivesNothing;
    /// Work that should have been done before the plan, which open deals make up for.
    Note "lag::before-plan" BeforePlan { work: Box<WorkBefore> };

    /// A statement that the grammar takes and that has no meaning yet.
    Warning "plan::not-built" NotBuilt { statement: String };

    // Shares.
    /// A person who shares in a goal has no working day in its window.
    Warning "share::no-working-day" NoWorkingDay { person: String, goal: String };
    /// Nobody who shares in a goal can carry any of it.
    Error "share::nobody" ShareOfNobody { goal: String };
    /// A team's goal with a funnel and no share.
    Note "share::by-capacity" SharedByCapacity { goal: String };
    /// Pins exceed what there is to share.
    Error "pin::over-total" PinsOverTotal { pinned: String, total: String };
    /// A pinned person cannot carry what is pinned.
    Warning "pin::no-working-day" PinNoWorkingDay { person: String };

    // Amounts.
    /// A target that is no whole number of steps.
    Warning "measure::off-step" OffStep { target: String, rounded: String, step: String };
    /// Accounts cover the whole target.
    Note "existing::covers-target" ExistingCoversTarget { existing: String, target: String };
    /// A number grew past what can be counted.
    Error "number::overflow" Overflow { what: String };
    /// A funnel branches into more chains than anybody reads.
    Error "funnel::too-many-chains" TooManyChains { most: usize };

    // Time.
    /// A key result's window has no working day.
    Error "period::no-working-day" WindowWithoutWorkingDay { goal: String };
    /// A person has no day in a stage's window and works without the lag.
    Note "lag::person-without-day" LagWithoutDay { person: String, metric: String };

    // Planning the rest anew.
    /// Something is missing, and no day is left for it.
    Warning "replan::out-of-time" OutOfTime { goal: String, metric: String, amount: String, people: Vec<String> };
    /// A checkpoint to come that is not reached any more.
    Warning "replan::checkpoint" CheckpointNotReached { on: String, asked: String, planned: String };

    // Calendar files.
    /// A calendar file with an ending that says nothing.
    Error "calendar::format" CalendarFormat { path: String };
    /// A calendar file that is no UTF-8; bytes count from 0.
    Error "calendar::encoding" CalendarEncoding { byte: usize };
    /// A calendar file that marks more days than can be meant.
    Error "calendar::too-many-days" CalendarTooManyDays { most: usize };
    /// An `.ics` that does not begin as one.
    Error "calendar::ics" IcsNoCalendar { found: String };
    /// A line of an `.ics` that is none.
    Error "calendar::ics" IcsLine { found: String };
    /// A component that begins or ends while another one is open.
    Error "calendar::ics" IcsNotClosed { component: String, line: usize };
    /// An `.ics` that ends in the middle.
    Error "calendar::ics" IcsUnfinished { component: String, line: usize };
    /// A date of an event that does not exist.
    Error "calendar::ics" IcsDate { property: String, found: String };
    /// A length of an event that is none.
    Error "calendar::ics" IcsDuration { found: String };
    /// An event that ends before it starts.
    Error "calendar::ics" IcsEndBeforeStart { start: String, end: String };
    /// An event without a start.
    Error "calendar::ics" IcsWithoutStart;
    /// An event that nothing tells from others.
    Error "calendar::ics" IcsWithoutUid;
    /// An event of more days than can be meant.
    Error "calendar::ics" IcsTooLong { most: usize };
    /// A rule of recurrence that is more than a day of the year.
    Error "calendar::ics" IcsRule { part: String };
    /// A holiday-cn file of another shape.
    Error "calendar::json" HolidayJson { reason: String };
    /// A table of days without a column.
    Error "calendar::csv" CalendarColumn { column: String, found: String };
    /// A row with more or fewer cells than the header.
    Error "calendar::csv" CalendarRow { expected: usize, found: usize };
    /// A cell that says nothing.
    Error "calendar::csv" CalendarCell { column: String, expected: String, found: String };

    // Files.
    /// There is no such file.
    Error "file::not-found" FileNotFound { path: String };
    /// A path, or a link on the way, leaves the folder that plans may read from.
    Error "file::outside" FileOutside { path: String };
    /// The system does not give the file.
    Error "file::unreadable" FileUnreadable { path: String, why: String };
    /// A file that is no UTF-8; bytes count from 0.
    Error "text::not-utf8" NotUtf8 { byte: usize };
    /// A NUL in a file; bytes count from 0.
    Error "text::nul" NulByte { byte: usize };
    /// Files that include each other.
    Error "include::cycle" IncludeCycle { chain: Vec<String> };
    /// Includes in includes in includes.
    Error "include::too-deep" IncludeTooDeep { most: usize };
    /// A pattern that no file matches.
    Warning "include::no-match" IncludeNoMatch { pattern: String };

    // Names.
    /// Nothing has that name.
    Error "name::unknown" UnknownName { noun: Noun, name: String, near: Option<String> };
    /// Something of another kind has it.
    Error "name::wrong-kind" WrongKind { name: String, is: Noun, expected: Noun };
    /// A name that is taken.
    Error "name::duplicate" DuplicateName { noun: Noun, name: String, taken_by: Noun };
    /// A name twice in one list.
    Error "name::twice" NamedTwice { name: String };
    /// A path to a funnel's line that is none.
    Error "name::path" LinePath { found: String };
    /// A path to a goal that is none.
    Error "name::path" GoalPath { found: String };
    /// A path that several lines of a funnel answer to.
    Error "name::ambiguous" AmbiguousLine { path: String, lines: usize };

    // Statements.
    /// A statement that is said once is said again.
    Error "statement::twice" SaidTwice { statement: String };

    // The plan.
    /// No file declares `plan`.
    Error "plan::missing" NoPlan;
    /// A second `plan`.
    Error "plan::second" SecondPlan { name: String };
    /// A plan without a period.
    Error "plan::no-period" NoPeriod { plan: String };
    /// An edition of the language that this compiler does not know.
    Error "plan::edition" UnknownEdition { edition: String };

    // Dates.
    /// A stretch that ends before it starts.
    Error "date::reversed" ReversedDates { first: String, last: String };
    /// Days outside the plan's period.
    Error "period::outside-plan" OutsidePlan { days: String, plan: String };
    /// A fiscal period, and no statement of when fiscal years start.
    Error "period::no-fiscal-year" NoFiscalYear;
    /// A goal that is due before its window.
    Error "period::by-before-window" ByBeforeWindow { by: String, window: String };
    /// A goal that is due after its window.
    Warning "period::by-after-window" ByAfterWindow { by: String, window: String };
    /// A key result that pokes out of its objective.
    Warning "period::outside-objective" OutsideObjective { days: String, objective: String };
    /// A calendar that works on no day of the plan.
    Error "calendar::no-working-day" CalendarWithoutWorkingDay { calendar: String };
    /// Planned days that a calendar says nothing of.
    Warning "calendar::not-covered" NotCovered { calendar: String, day: String };

    // Quantities.
    /// An amount in another unit than its metric's.
    Error "unit::mismatch" UnitMismatch { metric: String, expected: String, found: String };
    /// A sign that several currencies have, and no currency of the plan.
    Error "unit::no-currency" SignWithoutCurrency { sign: char, code: String };
    /// Something else than a percent.
    Error "unit::percent-expected" PercentExpected { found: String };
    /// A weight with a unit.
    Error "unit::weight-expected" WeightExpected { found: String };
    /// Weights that are all 0.
    Error "weight::all-zero" WeightsOfZero;
    /// Percents that do not come to 100.
    Warning "weight::not-whole" PercentsNotWhole { sum: String };
    /// A rate of 0.
    Error "rate::zero" RateOfZero { written: String };
    /// A rate over 100 %.
    Error "rate::over-one" RateOverOne { written: String };
    /// More than certainty.
    Error "rate::over-one" ConfidenceOverOne { written: String };
    /// More of an account stays than there is.
    Error "rate::over-one" RetainedOverOne { written: String };
    /// A deal that is more than won.
    Error "rate::over-one" ChanceOverOne { written: String };
    /// A range whose end is below its start.
    Error "range::reversed" ReversedRange { written: String };

    // Metrics.
    /// A metric planned in periods longer than a quarter.
    Error "metric::grain" GrainTooCoarse;
    /// A step of 0.
    Error "metric::step" StepNotAboveZero;
    /// Weekdays that all weigh 0.
    Error "metric::weekdays" WeekdaysOfZero;
    /// A metric computed from itself.
    Error "metric::cycle" FormulaCycle { path: Vec<String> };
    /// A target for a metric that is computed from others.
    Error "metric::computed" ComputedNotPlanned { metric: String };
    /// A ratio as a goal that does not say where it starts from.
    Error "metric::computed" ComputedWithoutStart { metric: String };
    /// Amounts to deal out of a metric that is computed from others.
    Error "metric::computed" ComputedNotShared { metric: String, statement: String };
    /// A sum of what is counted in different units.
    Error "metric::mixed-units" MixedUnits { first: String, unit: String, other: String, other_unit: String };
    /// A statement that follows from the formula.
    Warning "metric::no-effect" NotForComputed { statement: String };
    /// Percents or a level where only amounts that add up make sense.
    Error "metric::no-flow" NotAFlow { metric: String };

    // People.
    /// Somebody who leaves before they come.
    Error "person::dates" LeavesBeforeComing { from: String, until: String };

    // Histories and accounts.
    /// Two entries of a history that share days.
    Error "history::overlap" HistoryOverlap { first: String, second: String };
    /// A history that has no months to make a season of.
    Error "history::no-season" NoSeason { history: String };
    /// The same account twice.
    Warning "account::twice" AccountTwice { title: String };
    /// Accounts that say nothing of what stays.
    Note "account::retained-whole" RetainedWhole { book: String };

    // Pipelines.
    /// A number of open deals that is no whole one.
    Error "pipeline::open" OpenNotWhole { written: String };
    /// A deal that was won and lost.
    Error "deal::won-and-lost" WonAndLost { deal: String };
    /// The same in a row.
    Error "deal::won-and-lost" RowWonAndLost { place: Box<CellPlace> };
    /// A row that is another one again.
    Error "deal::same-row" DealAgain { place: Box<CellPlace>, found: String };
    /// Rows that say the same as others, cell for cell.
    Warning "deal::same-row" DealsAlike { path: String, rows: RowList };
    /// A deal that does not say what it takes to count it.
    Warning "deal::incomplete" DealIncomplete { deal: String, lacks: Vec<Lack>, ended: bool, won_for: bool };
    /// The same in a row.
    Warning "deal::incomplete" RowIncomplete { place: Box<CellPlace>, deal: String, lacks: Vec<Lack>, ended: bool };

    // Funnels.
    /// Metrics of a funnel that need each other.
    Error "funnel::cycle" FunnelCycle { path: Vec<String> };
    /// A lag in a unit that is none for lags.
    Error "funnel::lag" LagUnit { written: String };
    /// A lag longer than can be meant.
    Error "funnel::lag" LagTooLong { written: String, most: u32 };
    /// A part of 0, or over the whole.
    Error "funnel::mix" PartOutsideWhole { written: String };
    /// A line without a part beside lines with one.
    Error "funnel::mix" PartMissing { left: String };
    /// Parts that do not come to the whole.
    Error "funnel::mix" PartsNotWhole { left: String, sum: String };
    /// A funnel that says nothing of what is measured.
    Error "funnel::silent" FunnelSilent { funnel: String, metric: String };

    // Goals.
    /// Goals that support each other in a circle.
    Error "support::cycle" SupportCycle { path: Vec<String> };
    /// A level without a start.
    Error "measure::no-start" LevelWithoutStart { metric: String };
    /// A statement that means nothing for a level.
    Warning "measure::level" NotForLevel { statement: String };
    /// A statement that means nothing for what is held or done.
    Warning "measure::no-effect" NotForGoal { statement: String, kind: String };
    /// A second thing that is measured, held or reached.
    Error "measure::second" SecondGoal { kind: String, first: String };
    /// A forecast without a number.
    Error "forecast::empty" ForecastOfNothing;
    /// A second forecast of somebody on one day.
    Error "forecast::twice" ForecastTwice { on: String };
    /// More that is sure than is likely, or more of that than is possible.
    Warning "forecast::order" ForecastFalls { amount: String, before: String };
    /// A book or history of another metric than the one measured.
    Error "measure::other-metric" OfOtherMetric { noun: Noun, name: String, of: String, measured: String };
    /// A checkpoint outside the window.
    Error "checkpoint::outside-window" CheckpointOutsideWindow { on: String, window: String };
    /// A second checkpoint for one day.
    Error "checkpoint::order" CheckpointTwice { on: String };
    /// A checkpoint of less than the one before it.
    Error "checkpoint::order" CheckpointFalls { amount: String, before: String };
    /// A checkpoint of more than the target.
    Error "checkpoint::over-target" CheckpointOverTarget { amount: String, target: String };
    /// Somebody who has no part in a share.
    Error "share::outside" OutsideShare { name: String, among: Vec<String> };
    /// Somebody beside a team that they are in.
    Error "share::overlap" InsideOther { inner: String, outer: String };
    /// A period of a spread outside the goal's window.
    Warning "spread::outside-window" SpreadOutsideWindow { days: String, window: String };
    /// Periods of a spread that share days.
    Error "spread::overlap" SpreadOverlap;
    /// More than everything at one end.
    Error "spread::over-loaded" LoadedOverWhole;

    /// A figure per head beside accounts that cover part of the whole.
    Error "share::each-with-existing" EachWithExisting;
    /// Nobody who shares has the role asked for.
    Error "share::no-role" NobodyOfRole { role: String, among: Vec<String> };
    /// A pin for somebody of another role.
    Error "share::no-role" OtherRole { name: String, role: String };
    /// A share like a history that does not say who.
    Error "share::no-past" HistoryOfNobody { history: String };
    /// Somebody of whom the history knows nothing.
    Warning "share::not-in-history" NotInHistory { person: String, history: String };
    /// A change of something unknown.
    Error "measure::no-baseline" NoBaseline { written: String };
    /// A history that does not hold the days that a goal is compared with.
    Error "baseline::no-past" NoPast { history: String, window: String };
    /// A change that leaves less than nothing.
    Error "measure::below-nothing" BelowNothing { baseline: String, target: String };

    // What happened. Rows of tables have codes of their own below.
    /// A reading on a day that is not planned.
    Warning "actual::outside-plan" ReadingOutsidePlan { on: String, plan: String };
    /// The same in a row.
    Warning "actual::outside-plan" RowOutsidePlan { place: Box<CellPlace>, found: String, plan: String };
    /// A second reading of a level on one day.
    Warning "actual::read-twice" ReadTwice { metric: String, on: String };
    /// The same, of a row.
    Warning "actual::read-twice" RowReadTwice { place: Box<CellPlace>, metric: String };
    /// A number of more decimals than are counted.
    Error "actual::too-precise" ReadingTooPrecise { found: String };
    /// The same in a row.
    Error "actual::too-precise" RowTooPrecise { place: Box<CellPlace>, found: String };
    /// A reading of something that is computed.
    Error "actual::computed" RowOfComputed { place: Box<CellPlace>, metric: String };
    /// A row without a number, where rows are not counted.
    Error "actual::no-amount" RowWithoutAmount { place: Box<CellPlace>, metric: String, unit: String };
    /// A cell that names nothing the plan knows, and the other rows that name it.
    Error "actual::unknown" RowsOfNobody {
        place: Box<CellPlace>,
        noun: Noun,
        found: String,
        near: Option<String>,
        rows: RowList,
    };
    /// A row that is another one again.
    Error "actual::same-row" RowAgain { place: Box<CellPlace>, found: String };
    /// Rows that say the same as others, cell for cell.
    Warning "actual::same-row" RowsAlike { path: String, rows: RowList };
    /// Readings that no goal counts.
    Warning "actual::uncounted" Uncounted { metric: String, who: Option<String> };

    // Values in the place of others.
    /// A path to nothing that can be set.
    Error "name::unknown" UnknownPath { path: String, near: Option<String> };
    /// Something else than a rate where one stands; `each` where the plan says how much one brings.
    Error "unit::mismatch" RateExpected { path: String, found: String, each: bool };
    /// Something else than an amount or a day for a goal.
    Error "unit::mismatch" AmountExpected { path: String, found: String };
    /// Another day for a target that was made from a history of just its days.
    Error "baseline::no-past" DayOfGrowth { path: String, history: String };
    /// A goal that measures nothing.
    Error "name::path" NothingToSet { path: String };

    // Tables. Rows are counted by the lines of the file.
    /// An encoding that nobody knows.
    Error "table::encoding" UnknownEncoding { name: String, near: Option<String> };
    /// A file that is not written in its encoding.
    Error "table::encoding" TableUndecodable { path: String, row: u64, encoding: String };
    /// A column that tables of that kind do not have.
    Error "table::field" UnknownField { table: Noun, field: String, fields: Vec<String>, near: Option<String> };
    /// A column that tables of that kind must have is not said.
    Error "table::field" FieldMissing { table: Noun, field: String };
    /// A column that says of what a row is, where it can be of one thing only.
    Error "table::field" MetricColumnWithoutMetric { history: String };
    /// A pattern for cells that have none.
    Error "table::pattern" PatternForWords { field: String };
    /// A pattern that is none for dates.
    Error "table::pattern" DatePattern { found: String };
    /// A pattern that is none for numbers.
    Error "table::pattern" NumberPattern { found: String };
    /// A pattern that is none for percents.
    Error "table::pattern" PercentPattern { found: String };
    /// A heading that the file does not have.
    Error "table::column" UnknownColumn { path: String, heading: String, found: Vec<String>, near: Option<String> };
    /// A heading that the file has more than once.
    Error "table::column" ColumnTwice { path: String, heading: String, columns: usize };
    /// A file without even headings.
    Error "table::empty" TableEmpty { path: String };
    /// A file of nothing but headings.
    Warning "table::empty" TableWithoutRows { path: String };
    /// Rows, but none of this metric.
    Warning "table::empty" TableWithoutMetric { path: String, metric: String };
    /// A quote that is not closed.
    Error "table::quote" QuoteNotClosed { path: String, row: u64 };
    /// Something behind a closing quote.
    Error "table::quote" BehindQuote { path: String, row: u64 };
    /// A row of a million letters.
    Error "table::row" RowTooLong { path: String, row: u64 };
    /// A row without some of its cells.
    Error "table::row" RowTooShort { place: Box<CellPlace>, expected: usize, found: usize };
    /// A row with more cells than columns.
    Error "table::row" RowOverfull { path: String, row: u64, expected: usize, found: usize };
    /// A cell that must say something.
    Error "table::cell" CellEmpty { place: Box<CellPlace> };
    /// A cell that is no date.
    Error "table::date" CellDate { place: Box<CellPlace>, found: String, pattern: Option<String>, field: String };
    /// A period of more than a month where a day is asked for.
    Error "table::date" CellPeriodTooLong { place: Box<CellPlace>, found: String };
    /// A fiscal period, and no statement of when fiscal years start.
    Error "table::date" CellFiscal { place: Box<CellPlace>, found: String };
    /// A cell that is no number.
    Error "table::number" CellNumber { place: Box<CellPlace>, found: String, pattern: Option<String>, field: String };
    /// A number of more than can be counted.
    Error "table::number" CellTooLarge { place: Box<CellPlace>, found: String };
    /// A number below 0 where none is possible.
    Error "table::number" CellNegative { place: Box<CellPlace>, found: String };
    /// A number of something else.
    Error "table::number" CellUnit { place: Box<CellPlace>, metric: String, expected: String, found: String };
    /// A cell that is no percent.
    Error "table::number" CellPercent {
        place: Box<CellPlace>,
        found: String,
        pattern: Option<String>,
        field: String,
    };
    /// A cell that names nobody, or nothing.
    Error "table::name" CellName { place: Box<CellPlace>, noun: Noun, found: String, near: Option<String> };
    /// A cell that is none of a few words.
    Error "table::name" CellWord { place: Box<CellPlace>, words: Vec<String>, found: String, near: Option<String> };
    /// A title that several have.
    Error "table::name" CellTitleOfSeveral { place: Box<CellPlace>, noun: Noun, found: String };
    /// Somebody who sold something once, and is in the plan no more.
    Warning "table::name" CellFormerPerson { place: Box<CellPlace>, found: String, near: Option<String> };
    /// More of what is said about a file.
    Note "table::more" MoreRows { path: String, rows: u64 };
    /// Two rows for one account.
    Warning "account::twice" AccountRowTwice { place: Box<CellPlace>, title: String, first_path: String, first: u64 };
    /// A past amount below 0.
    Error "history::negative" HistoryBelowZero { days: String, amount: String };
    /// A month as a whole and in parts.
    Error "history::overlap" HistoryWholeAndParts { path: String, days: String };

    // Labels and fixes: never messages of their own.
    /// Where a file is included.
    Note "label::included" IncludedHere;
    /// Where a file is imported.
    Note "label::imported" ImportedHere;
    /// Where something is declared.
    Note "label::declared" DeclaredHere { noun: Noun, name: String };
    /// Where something was said first.
    Note "label::first" FirstHere;
    /// Where a limit is set.
    Note "label::limit" LimitHere;
    /// Where a check is required.
    Note "label::required" RequiredHere;
    /// What asks for most of it.
    Note "label::asked" AskedHere;
    /// A period that is too long for a season.
    Note "label::longer-than-month" LongerThanMonth;
    /// A change of the text.
    Note "fix::replace" ReplaceWith { text: String };
    /// A line that is missing.
    Note "fix::insert" Insert { text: String };
    /// A statement that does nothing.
    Note "fix::remove" Remove;
}
