//! The English text of every message.

use milepost_grammar::ast::Grain;

use crate::message::{Lack, Message, WorkBefore};
use crate::noun::Noun;
use crate::plan::Overridden;
use crate::table::{CellPlace, RowList};

impl Message {
    /// What is wrong, in English: lower case, no full stop.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Syntax(message) => message.text(),
            Self::Smart(remark) => remark.text(),
            Self::UnknownCheck { name, .. } => format!("no SMART check here is called `{name}`"),
            Self::WaivedWithoutReason { check } => format!("`{check}` is waived, and nothing says why"),
            Self::WaiverOutside { goal } => {
                format!("`{goal}` is not in the goal whose `smart` block this is")
            }
            Self::WaivesNothing => "nothing would be said without this waiver".to_owned(),
            Self::BeforePlan { work } => {
                let WorkBefore { amount, metric, from, start, deals } = work.as_ref();
                format!(
                    "{amount} {metric} should have been done from {from} on, before the plan starts on {start}; deals of {deals}, open ones weighted, make up for what comes of it"
                )
            }
            Self::NotBuilt { statement } => {
                format!("`{statement}` is read, but has no effect yet")
            }
            Self::NoWorkingDay { person, goal } => {
                format!("`{person}` has no working day in the time of `{goal}` and gets no part of it")
            }
            Self::ShareOfNobody { goal } => {
                format!("nobody who shares in `{goal}` can carry any of it")
            }
            Self::SharedByCapacity { goal } => {
                format!("`{goal}` has a funnel and no `share`; it is dealt out by capacity")
            }
            Self::PinsOverTotal { pinned, total } => {
                format!("the pinned parts come to {pinned}, more than the {total} there are")
            }
            Self::PinNoWorkingDay { person } => {
                format!("a part is pinned for `{person}`, who has no working day in the time of this goal")
            }
            Self::OffStep { target, rounded, step } => {
                format!("{target} is no whole number of steps of {step}; {rounded} is planned")
            }
            Self::ExistingCoversTarget { existing, target } => {
                format!(
                    "existing business of {existing} covers the target of {target}; nothing new is planned"
                )
            }
            Self::Overflow { what } => format!("{what} is too large to count"),
            Self::TooManyChains { most } => {
                format!("this funnel branches into more than {most} chains")
            }
            Self::WindowWithoutWorkingDay { goal } => {
                format!("the time of `{goal}` has no working day")
            }
            Self::LagWithoutDay { person, metric } => {
                format!(
                    "`{person}` has no working day early enough for {metric} to bear fruit; theirs are spread without the lag"
                )
            }
            Self::OutOfTime { goal, metric, amount, people } if people.is_empty() => {
                format!("{amount} {metric} of `{goal}` are missing, and no working day is left for them")
            }
            Self::OutOfTime { goal, metric, amount, people } => {
                const MOST: usize = 5;
                let named = list(people.get(..MOST).unwrap_or(people));
                let more = match people.len().saturating_sub(MOST) {
                    0 => String::new(),
                    more => format!(" and {more} more"),
                };
                let have = if people.len() == 1 { "has" } else { "have" };
                format!(
                    "{amount} {metric} of `{goal}` are missing, and {named}{more} {have} no working day left for them"
                )
            }
            Self::CheckpointNotReached { on, asked, planned } => {
                format!(
                    "the rest, planned anew, comes to {planned} by {on}; this checkpoint asks for {asked}"
                )
            }
            Self::CalendarFormat { path } => {
                format!("`{path}` is no calendar: expected a file ending in `.ics`, `.json` or `.csv`")
            }
            Self::CalendarEncoding { byte } => {
                format!("calendars are UTF-8 text; byte {byte} of this file is not")
            }
            Self::CalendarTooManyDays { most } => format!("this calendar marks more than {most} days"),
            Self::IcsNoCalendar { found } if found.is_empty() => {
                "expected `BEGIN:VCALENDAR`, found an empty file".to_owned()
            }
            Self::IcsNoCalendar { found } => format!("expected `BEGIN:VCALENDAR`, found `{found}`"),
            Self::IcsLine { found } => format!("expected a line such as `NAME:value`, found `{found}`"),
            Self::IcsNotClosed { component, line } => {
                format!("expected `END:{component}` first; its `BEGIN` is on line {line}")
            }
            Self::IcsUnfinished { component, line } => {
                format!("the file ends without `END:{component}`; its `BEGIN` is on line {line}")
            }
            Self::IcsDate { property, found } => {
                format!("expected a date such as `20260131` for `{property}`, found `{found}`")
            }
            Self::IcsDuration { found } => format!("expected a length such as `P3D`, found `{found}`"),
            Self::IcsEndBeforeStart { start, end } => {
                format!("the event starts on {start} and ends before that, on {end}")
            }
            Self::IcsWithoutStart => "this event has no `DTSTART`".to_owned(),
            Self::IcsWithoutUid => "this event has no `UID`".to_owned(),
            Self::IcsTooLong { most } => format!("this event takes more than {most} days"),
            Self::IcsRule { part } => format!("cannot read the recurrence `{part}`"),
            Self::HolidayJson { reason } => format!("this is no holiday file: {reason}"),
            Self::CalendarColumn { column, found } if found.is_empty() => {
                format!("expected a header with a column `{column}`, found an empty file")
            }
            Self::CalendarColumn { column, found } => {
                format!("expected a header with a column `{column}`, found `{found}`")
            }
            Self::CalendarRow { expected, found } => {
                format!("expected {expected} cells as in the header, found {found}")
            }
            Self::CalendarCell { column, expected, found } => {
                format!("expected {expected} in column `{column}`, found `{found}`")
            }
            Self::FileNotFound { path } => format!("there is no file `{path}`"),
            Self::FileOutside { path } => format!("`{path}` leaves the folder that this plan may read from"),
            Self::FileUnreadable { path, why } => format!("`{path}` cannot be read: {why}"),
            Self::NotUtf8 { byte } => format!("plans are UTF-8 text; byte {byte} of this file is not"),
            Self::NulByte { byte } => {
                format!("plans are text; byte {byte} of this file is a NUL, which text never has")
            }
            Self::IncludeCycle { chain } => format!("files include each other: {}", path(chain)),
            Self::IncludeTooDeep { most } => {
                format!("includes may lie at most {most} deep within each other")
            }
            Self::IncludeNoMatch { pattern } => format!("no file matches `{pattern}`"),
            Self::UnknownName { noun, name, .. } => format!("no {} named `{name}`", word(*noun)),
            Self::WrongKind { name, is, expected } => {
                format!("`{name}` is {}; {} is expected here", article(*is), article(*expected))
            }
            Self::DuplicateName { noun, name, taken_by } if noun == taken_by => {
                format!("there is already {} named `{name}`", article(*noun))
            }
            Self::DuplicateName { name, taken_by, .. } => {
                format!(
                    "there is already {} named `{name}`; teams and people share their names",
                    article(*taken_by)
                )
            }
            Self::NamedTwice { name } => format!("`{name}` stands here twice"),
            Self::LinePath { found } => {
                format!("a line of a funnel is named `FUNNEL.METRIC`; found `{found}`")
            }
            Self::GoalPath { found } => {
                format!("a goal is named `OBJECTIVE` or `OBJECTIVE.KEY-RESULT`; found `{found}`")
            }
            Self::AmbiguousLine { path, lines } => format!("`{path}` may be any of {lines} lines"),
            Self::SaidTwice { statement } => format!("`{statement}` is said once; this is the second time"),
            Self::NoPlan => "no file declares a `plan`".to_owned(),
            Self::SecondPlan { name } => format!("there is one `plan`; `{name}` is the second"),
            Self::NoPeriod { plan } => format!("the plan `{plan}` does not say its period"),
            Self::UnknownEdition { edition } => {
                format!("edition 1 of the language is the latest known; found {edition}")
            }
            Self::ReversedDates { first, last } => {
                format!("this ends on {last}, before it starts on {first}")
            }
            Self::OutsidePlan { days, plan } => format!("{days} is not inside the plan's period, {plan}"),
            Self::NoFiscalYear => "the plan does not say when its fiscal years start".to_owned(),
            Self::ByBeforeWindow { by, window } => {
                format!("this is due on {by}, before its days begin ({window})")
            }
            Self::ByAfterWindow { by, window } => {
                format!("this is due on {by}, but its days end before ({window})")
            }
            Self::OutsideObjective { days, objective } => {
                format!("{days} is not inside the days of the objective, {objective}")
            }
            Self::CalendarWithoutWorkingDay { calendar } => {
                format!("`{calendar}` has no working day in the plan's period")
            }
            Self::NotCovered { calendar, day } => {
                format!("`{calendar}` says nothing of {day}, which is planned")
            }
            Self::UnitMismatch { metric, expected, found } if expected == "count" => {
                format!("`{metric}` is a plain count; found {found}")
            }
            Self::UnitMismatch { metric, expected, found } => {
                format!("`{metric}` is counted in {expected}; found {found}")
            }
            Self::SignWithoutCurrency { sign, .. } => {
                format!("`{sign}` stands for several currencies, and the plan names none that it fits")
            }
            Self::PercentExpected { found } => format!("a percent is expected here; found `{found}`"),
            Self::WeightExpected { found } => {
                format!("a weight is a percent or a plain number; found `{found}`")
            }
            Self::WeightsOfZero => "all these weights are 0".to_owned(),
            Self::PercentsNotWhole { sum } => {
                format!("these percents come to {sum}, not to 100; they count in proportion")
            }
            Self::RateOfZero { written } => format!("with `{written}` nothing is ever reached"),
            Self::RateOverOne { written } => format!("`{written}` is more than 100 %"),
            Self::ConfidenceOverOne { written } => {
                format!("confidence is at most 100 %; found `{written}`")
            }
            Self::RetainedOverOne { written } => {
                format!("of what there is at most 100 % stay; found `{written}`")
            }
            Self::ChanceOverOne { written } => format!("a chance is at most 100 %; found `{written}`"),
            Self::ReversedRange { written } => {
                format!("a range goes from the least to the most; found `{written}`")
            }
            Self::GrainTooCoarse => {
                "a metric is planned by `day`, `week`, `ten-day`, `month` or `quarter`".to_owned()
            }
            Self::StepNotAboveZero => "a step is more than 0".to_owned(),
            Self::WeekdaysOfZero => "no day of the week weighs anything".to_owned(),
            Self::FormulaCycle { path: names } => {
                format!("a metric is computed from itself: {}", path(names))
            }
            Self::ComputedNotPlanned { metric } | Self::ComputedWithoutStart { metric } => {
                format!("`{metric}` is computed from other metrics; it has no amounts of its own")
            }
            Self::ComputedNotShared { metric, statement } => {
                format!(
                    "`{metric}` is computed from other metrics; there is nothing that `{statement}` could deal out"
                )
            }
            Self::MixedUnits { first, unit, other, other_unit } => {
                format!("`{first}` is counted in {unit} and `{other}` in {other_unit}; they do not add up")
            }
            Self::NotForComputed { statement } => {
                format!(
                    "`{statement}` has no effect on a computed metric: it follows from the metrics it is made of"
                )
            }
            Self::NotAFlow { metric } => {
                format!("`{metric}` does not add up over days; only amounts that do can stand here")
            }
            Self::LeavesBeforeComing { from, until } => {
                format!("this person leaves on {until}, before {from}")
            }
            Self::HistoryOverlap { first, second } => format!("{second} shares days with {first}"),
            Self::NoSeason { history } => {
                format!("`{history}` has no season: months or shorter periods are expected in it")
            }
            Self::AccountTwice { title } => {
                format!("the account \"{title}\" stands here twice, and counts twice")
            }
            Self::RetainedWhole { book } => {
                format!("nothing says how much of `{book}` stays; it is planned as if all did")
            }
            Self::OpenNotWhole { written } => format!("deals are counted whole; found `{written}`"),
            Self::WonAndLost { deal } => format!("`{deal}` is won or lost, not both"),
            Self::RowWonAndLost { place } => {
                format!("{}: the deal is won or lost, not both", cell(place))
            }
            Self::DealIncomplete { deal, lacks, ended, .. } => incomplete(deal, lacks, *ended),
            Self::RowIncomplete { place, deal, lacks, ended } => {
                format!("{}: {}", cell(place), incomplete(deal, lacks, *ended))
            }
            Self::FunnelCycle { path: names } => format!("these metrics need each other: {}", path(names)),
            Self::LagUnit { written } => {
                format!("a lag is counted in days, workdays or weeks; found `{written}`")
            }
            Self::LagTooLong { written, most } => format!("a lag is at most {most} days; found `{written}`"),
            Self::PartOutsideWhole { written } => {
                format!("a part is more than 0 % and at most 100 %; found {written}%")
            }
            Self::PartMissing { left } => {
                format!("other lines say for which part of `{left}` they stand; this one does not")
            }
            Self::PartsNotWhole { left, sum } => {
                format!("the parts of `{left}` come to {sum} %, not to 100 %")
            }
            Self::FunnelSilent { funnel, metric } => format!("`{funnel}` does not say what `{metric}` needs"),
            Self::SupportCycle { path: names } => format!("these goals support each other: {}", path(names)),
            Self::LevelWithoutStart { metric } => {
                format!("`{metric}` is a level; where it starts from is not said")
            }
            Self::NotForLevel { statement } => {
                format!("`{statement}` has no effect on a level: everybody has the same one")
            }
            Self::NotForGoal { statement, kind } => {
                format!("`{statement}` has no effect beside `{kind}`: nothing of it is planned by amounts")
            }
            Self::SecondGoal { kind, first } => {
                format!("a key result has one goal; `{first}` is said already, and this `{kind}` is left out")
            }
            Self::ForecastOfNothing => "this forecast says no amount".to_owned(),
            Self::ForecastTwice { on } => format!("there is a forecast for {on} already"),
            Self::ForecastFalls { amount, before } => {
                format!(
                    "what is sure is at most what is likely, and that at most what is possible; found {amount} behind {before}"
                )
            }
            Self::ReadingOutsidePlan { on, plan } => {
                format!("{on} is not among the days of the plan, {plan}; this counts for nothing")
            }
            Self::RowOutsidePlan { place, found, plan } => {
                format!(
                    "{}: `{found}` is not among the days of the plan, {plan}; the row counts for nothing",
                    cell(place)
                )
            }
            Self::ReadTwice { metric, on } => {
                format!("`{metric}` has a reading for {on} already; this one takes its place")
            }
            Self::RowReadTwice { place, metric } => {
                format!(
                    "{}: `{metric}` has a reading for this day already; this one takes its place",
                    cell(place)
                )
            }
            Self::ReadingTooPrecise { found } => {
                format!("readings have at most six decimals; found `{found}`")
            }
            Self::RowTooPrecise { place, found } => {
                format!("{}: readings have at most six decimals; found `{found}`", cell(place))
            }
            Self::RowOfComputed { place, metric } => {
                format!("{}: `{metric}` is computed from other metrics, and never read", cell(place))
            }
            Self::RowWithoutAmount { place, metric, unit } => {
                format!(
                    "{}: rows without an amount count one each, but `{metric}` is counted in {unit}",
                    cell(place)
                )
            }
            Self::RowsOfNobody { place, noun, found, rows, .. } => {
                let more =
                    if rows.is_empty() { String::new() } else { format!(", nor in {}", listed_rows(rows)) };
                format!("{}: no {} has the name or title `{found}`{more}", cell(place), word(*noun))
            }
            Self::RowAgain { place, found } | Self::DealAgain { place, found } => {
                format!("{}: `{found}` stands in an earlier row already; this one is left out", cell(place))
            }
            Self::RowsAlike { path, rows } | Self::DealsAlike { path, rows } => {
                format!(
                    "`{path}`, {}: the same as an earlier row, cell for cell; all of them count",
                    listed_rows(rows)
                )
            }
            Self::Uncounted { metric, who: None } => {
                format!("no key result counts `{metric}`; these readings count for nothing")
            }
            Self::Uncounted { metric, who: Some(who) } => {
                format!(
                    "no key result counts the `{metric}` of `{who}` on these days; these readings count for nothing"
                )
            }
            Self::OfOtherMetric { noun, name, of, measured } => {
                format!("{} `{name}` is of `{of}`; `{measured}` is measured here", word(*noun))
            }
            Self::CheckpointOutsideWindow { on, window } => {
                format!("{on} is not among the days of this key result, {window}")
            }
            Self::CheckpointTwice { on } => format!("there is a checkpoint for {on} already"),
            Self::CheckpointFalls { amount, before } => {
                format!("a checkpoint is at least the one before it, {before}; found {amount}")
            }
            Self::CheckpointOverTarget { amount, target } => {
                format!("a checkpoint is at most the target, {target}; found {amount}")
            }
            Self::OutsideShare { name, among } if among.is_empty() => {
                format!("`{name}` has no part in this: nobody shares in it")
            }
            Self::OutsideShare { name, among } => {
                format!("`{name}` has no part in this: it is shared by {}", list(among))
            }
            Self::InsideOther { inner, outer } => {
                format!("`{inner}` is in `{outer}`, which shares in this already")
            }
            Self::SpreadOutsideWindow { days, window } => {
                format!("{days} is outside the days of this key result, {window}")
            }
            Self::SpreadOverlap => "some of these days stand in another period of the list".to_owned(),
            Self::LoadedOverWhole => "at most 100 % can be loaded to one end".to_owned(),
            Self::EachWithExisting => {
                "`existing` takes from the goal of all together, but `each` makes the figure everybody's own"
                    .to_owned()
            }
            Self::NobodyOfRole { role, among } => format!("nobody in {} has the role `{role}`", list(among)),
            Self::OtherRole { name, role } => {
                format!("`{name}` has no part in this: it is shared by those of the role `{role}`")
            }
            Self::HistoryOfNobody { history } => {
                format!("`{history}` does not say who reached what; nothing can be shared like it")
            }
            Self::NotInHistory { person, history } => {
                format!("`{person}` has reached nothing in `{history}`, and gets no part of this")
            }
            Self::NoBaseline { written } => format!("what `{written}` is measured against is not said"),
            Self::NoPast { history, window } => {
                format!("`{history}` does not hold all the days of {window} in any year before")
            }
            Self::BelowNothing { baseline, target } => {
                format!("this leaves {target} of {baseline}, less than nothing")
            }
            Self::UnknownEncoding { name, .. } => format!("no encoding is called `{name}`"),
            Self::TableUndecodable { path, row, encoding } => {
                format!("`{path}`, row {row}: this is no {encoding} text")
            }
            Self::UnknownField { table, field, .. } => format!("{} has no column `{field}`", article(*table)),
            Self::FieldMissing { table, field } => {
                format!("which column of the file holds the {field} of {} is not said", article(*table))
            }
            Self::MetricColumnWithoutMetric { history } => {
                format!(
                    "`{history}` does not say which metric it is of; its rows cannot be told apart by theirs"
                )
            }
            Self::PatternForWords { field } => {
                format!(
                    "the cells of `{field}` are words; only dates and numbers are written in different ways"
                )
            }
            Self::DatePattern { found } => format!("`{found}` is no way to write dates"),
            Self::NumberPattern { found } => format!("`{found}` is no way to write numbers"),
            Self::PercentPattern { found } => format!("`{found}` is no way to write percents"),
            Self::UnknownColumn { path, heading, .. } => format!("`{path}` has no column \"{heading}\""),
            Self::ColumnTwice { path, heading, columns } => {
                format!("`{path}` has {columns} columns \"{heading}\"")
            }
            Self::TableEmpty { path } => format!("`{path}` is empty: a first row with headings is expected"),
            Self::TableWithoutRows { path } => format!("`{path}` has headings, but no rows"),
            Self::TableWithoutMetric { path, metric } => format!("no row of `{path}` is of `{metric}`"),
            Self::QuoteNotClosed { path, row } => format!("`{path}`, row {row}: a quote is not closed"),
            Self::BehindQuote { path, row } => {
                format!("`{path}`, row {row}: something stands behind a closing quote")
            }
            Self::RowTooLong { path, row } => format!("`{path}`, row {row}: no row is that long"),
            Self::RowTooShort { place, expected, found } => {
                format!("{}: expected {expected} cells as in the first row, found {found}", cell(place))
            }
            Self::RowOverfull { path, row, expected, found } => {
                format!("`{path}`, row {row}: expected {expected} cells as in the first row, found {found}")
            }
            Self::CellEmpty { place } => format!("{}: the cell is empty", cell(place)),
            Self::CellDate { place, found, pattern: None, .. } => {
                format!("{}: expected a date such as `2026-01-31`, or a period; found `{found}`", cell(place))
            }
            Self::CellDate { place, found, pattern: Some(pattern), .. } => {
                format!("{}: expected a date as `{pattern}`, found `{found}`", cell(place))
            }
            Self::CellPeriodTooLong { place, found } => {
                format!("{}: expected a day or a month, found `{found}`", cell(place))
            }
            Self::CellFiscal { place, found } => {
                format!("{}: the plan does not say when its fiscal years start; found `{found}`", cell(place))
            }
            Self::CellNumber { place, found, pattern: None, .. } => {
                format!("{}: expected a number such as `1234.50`, found `{found}`", cell(place))
            }
            Self::CellNumber { place, found, pattern: Some(pattern), .. } => {
                format!("{}: expected a number as `{pattern}`, found `{found}`", cell(place))
            }
            Self::CellTooLarge { place, found } => {
                format!("{}: `{found}` is more than can be counted exactly", cell(place))
            }
            Self::CellNegative { place, found } => {
                format!("{}: nothing below 0 can stand here, found `{found}`", cell(place))
            }
            Self::CellUnit { place, metric, expected, found } => {
                format!("{}: `{metric}` is counted in {expected}, found {found}", cell(place))
            }
            Self::CellPercent { place, found, pattern: None, .. } => {
                format!("{}: expected a percent such as `80%`, at most 100%; found `{found}`", cell(place))
            }
            Self::CellPercent { place, found, pattern: Some(pattern), .. } => {
                format!("{}: expected a part of the whole as `{pattern}`, found `{found}`", cell(place))
            }
            Self::CellName { place, noun: Noun::Stage, found, .. } => {
                format!("{}: the pipeline has no stage `{found}`", cell(place))
            }
            Self::CellWord { place, words, found, .. } => {
                format!("{}: expected {}, found `{found}`", cell(place), any_of(words))
            }
            Self::CellName { place, noun, found, .. } => {
                format!("{}: no {} has the name or title `{found}`", cell(place), word(*noun))
            }
            Self::CellTitleOfSeveral { place, noun, found } => {
                format!("{}: `{found}` is the title of more than one {}", cell(place), word(*noun))
            }
            Self::CellFormerPerson { place, found, .. } => format!(
                "{}: nobody in the plan has the name or title `{found}`; what the row says counts all the same",
                cell(place)
            ),
            Self::MoreRows { path, rows: 1 } => format!("and 1 more row of `{path}`"),
            Self::MoreRows { path, rows } => format!("and {rows} more rows of `{path}`"),
            Self::AccountRowTwice { place, title, first_path, first } => format!(
                "{}: the account \"{title}\" stands in row {first} of `{first_path}` already, and counts twice",
                cell(place)
            ),
            Self::HistoryBelowZero { days, amount } => {
                format!("the amounts of {days} come to {amount}, which is below 0")
            }
            Self::HistoryWholeAndParts { path, days } => {
                format!("`{path}` has {days} as a whole and in parts; it would count twice")
            }
            Self::IncludedHere => "included here".to_owned(),
            Self::ImportedHere => "imported here".to_owned(),
            Self::DeclaredHere { name, .. } => format!("`{name}` is declared here"),
            Self::FirstHere => "first said here".to_owned(),
            Self::LimitHere => "the limit is set here".to_owned(),
            Self::RequiredHere => "required here".to_owned(),
            Self::AskedHere => "most of it is asked here".to_owned(),
            Self::UnknownPath { path, .. } => {
                format!("no line of a funnel and no key result at `{path}`")
            }
            Self::RateExpected { path, found, each: true } => {
                format!("`{path}` is how much each brings, or a rate; found `{found}`")
            }
            Self::RateExpected { path, found, each: false } => {
                format!("`{path}` is a rate; found `{found}`")
            }
            Self::AmountExpected { path, found } => {
                format!("`{path}` is an amount, or the day it is due; found `{found}`")
            }
            Self::DayOfGrowth { path, history } => {
                format!(
                    "the target of `{path}` comes from the same days of `{history}`; another day would change both"
                )
            }
            Self::NothingToSet { path } => format!("`{path}` measures nothing that could be set"),
            Self::LongerThanMonth => "this is no part of one month".to_owned(),
            Self::ReplaceWith { text } => format!("write `{text}`"),
            Self::Insert { text } => format!("add `{text}`"),
            Self::Remove => "take it out".to_owned(),
        }
    }

    /// What to do about it, where that can be said.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Syntax(message) => message.help(),
            Self::ShareOfNobody { .. } => {
                Some("give the share to people with working days in that time, or weights above 0".to_owned())
            }
            Self::SharedByCapacity { .. } => {
                Some("write `share TEAM by capacity` to say so, or `evenly`, `by weight`, or a list".to_owned())
            }
            Self::IcsUnfinished { .. } => {
                Some("the file seems cut off; download or export it again".to_owned())
            }
            Self::IcsRule { .. } => Some(
                "yearly rules on one day can be read, such as `FREQ=YEARLY` or `FREQ=YEARLY;BYMONTH=11;BYDAY=4TH`; \
                 write other days out with `off` and `work`"
                    .to_owned(),
            ),
            Self::HolidayJson { .. } => Some(
                "expected `{\"year\": 2026, \"days\": [{\"name\": \"…\", \"date\": \"2026-01-01\", \"isOffDay\": true}]}`"
                    .to_owned(),
            ),
            Self::OutOfTime { .. } => {
                Some("make the goal's time longer, or its target smaller; else it is not reached".to_owned())
            }
            Self::CheckpointNotReached { .. } => Some(
                "what is missing is spread over all days left; move the checkpoint, or do more before it".to_owned(),
            ),
            Self::CalendarColumn { .. } => Some("the first line is `date,kind,name`".to_owned()),
            Self::FileOutside { .. } => Some("move the file into the plan's folder".to_owned()),
            Self::NotUtf8 { .. } | Self::CalendarEncoding { .. } => Some("save the file as UTF-8".to_owned()),
            Self::NulByte { .. } => Some("save the file as plain text, in UTF-8".to_owned()),
            Self::FileNotFound { .. } => {
                Some("check the name; paths start from the folder of the file that says them".to_owned())
            }
            Self::IncludeCycle { .. } => Some("take one of these includes out".to_owned()),
            Self::TooManyChains { .. } => {
                Some("take some of its ways out, or make several funnels of it".to_owned())
            }
            Self::OffStep { .. } => {
                Some("write what is planned, or give the metric a smaller `step`".to_owned())
            }
            Self::SpreadOverlap => Some("begin it on the day after the other one ends".to_owned()),
            Self::Smart(remark) => remark.help(),
            Self::UnknownCheck { near: Some(near), .. } => Some(format!("did you mean `{near}`?")),
            Self::UnknownCheck { known, .. } if !known.is_empty() => {
                Some(format!("there are `{}`", known.join("`, `")))
            }
            Self::WaivedWithoutReason { .. } => Some("write the reason behind it, \"new product line\"".to_owned()),
            Self::WaiverOutside { .. } => {
                Some("write the waiver in that goal, or in a `smart` block of the whole plan".to_owned())
            }
            Self::WaivesNothing => Some("take it out, so that it hides nothing later".to_owned()),
            Self::UnknownName { near: Some(near), .. } | Self::UnknownPath { near: Some(near), .. } => Some(format!("did you mean `{near}`?")),
            Self::IncludeNoMatch { .. } => Some("check the path; it starts from the folder of this file".to_owned()),
            Self::AmbiguousLine { .. } => Some("give the lines names, `inbound: orders <- visits …`".to_owned()),
            Self::RateExpected { found, each: false, .. } => {
                Some(format!("write `1 in {found}`, `5%`, or `{found} each` if one brings so many"))
            }
            Self::RateExpected { each: true, .. } => Some("write `40k each`, or `5%`".to_owned()),
            Self::AmountExpected { .. } => Some("write `900k`, or `2026-03-31`".to_owned()),
            Self::NoPlan => Some("write `plan NAME { period 2026-Q1 }`".to_owned()),
            Self::NoPeriod { .. } => Some("write `period 2026-Q1`".to_owned()),
            Self::NoFiscalYear => Some("write `fiscal year starts feb` in the plan".to_owned()),
            Self::UnitMismatch { metric, expected, found } if expected == "count" => {
                Some(format!("write `unit {found}` in `metric {metric}` if that is what it counts"))
            }
            Self::SignWithoutCurrency { code, .. } => Some(format!("write `currency {code}` in the plan, or the code here")),
            Self::RateOfZero { .. } => Some("write what one is expected to bring, as `1 in 20` or `5%`".to_owned()),
            Self::RateOverOne { .. } => Some("where one brings several, write how many: `3 each`".to_owned()),
            Self::ComputedWithoutStart { metric } => Some(format!(
                "write `hold {metric} at least …`, or `measure {metric} from … to …`"
            )),
            Self::SecondGoal { .. } => Some("make it a key result of its own".to_owned()),
            Self::ForecastOfNothing => Some("write `call 200k`, or `commit` or `best`".to_owned()),
            Self::RowsAlike { .. } | Self::DealsAlike { .. } => Some(
                "where each row has a number of its own, name its column, `id \"…\"`; a number that comes again is then left out".to_owned(),
            ),
            Self::RowsOfNobody { near: Some(near), .. } => Some(format!("did you mean `{near}`?")),
            Self::RowWithoutAmount { .. } => Some("name the column, `amount \"…\"`".to_owned()),
            Self::LevelWithoutStart { metric } => Some(format!("write `measure {metric} from … to …`, or a `baseline`")),
            Self::NotAFlow { metric } => {
                Some(format!("a metric that adds up has `total sum` and is no percent; see `metric {metric}`"))
            }
            Self::FunnelSilent { metric, .. } => Some(format!("write a line `{metric} <- …` in it")),
            Self::OutsideShare { .. } => Some("name somebody who shares in it, or widen the `share`".to_owned()),
            Self::NotCovered { .. } => Some("import the days that are missing, and extend `covers`".to_owned()),
            Self::NoSeason { .. } => Some("write its amounts by month, `2025-01 60k`".to_owned()),
            Self::UnknownEncoding { near: Some(near), .. } | Self::UnknownField { near: Some(near), .. } => {
                Some(format!("did you mean `{near}`?"))
            }
            Self::UnknownEncoding { near: None, .. } => {
                Some("write a name such as `gb18030`, `big5`, `shift_jis` or `windows-1252`".to_owned())
            }
            Self::UnknownField { near: None, fields, .. } => Some(format!("its columns are {}", list(fields))),
            Self::TableUndecodable { .. } => {
                Some("say how the file was saved, as in `encoding gb18030`, or save it as UTF-8".to_owned())
            }
            Self::FieldMissing { field, .. } => Some(format!("write `{field} \"HEADING\"`")),
            Self::MetricColumnWithoutMetric { history } => Some(format!("write `history {history} of METRIC`")),
            Self::DatePattern { .. } => Some(
                "write where year, month and day stand, as in `D.M.Y`, `M/D/Y`, `YYYYMMDD` or `D-MMM-YY`".to_owned(),
            ),
            Self::NumberPattern { .. } => {
                Some("write a number as the cells do, as in `1.234,50`, `1,234.50` or `1234,5`".to_owned())
            }
            Self::UnknownColumn { near: Some(near), .. } => Some(format!("did you mean \"{near}\"?")),
            Self::UnknownColumn { near: None, found, .. } => {
                let found: Vec<String> = found.iter().map(|heading| format!("\"{heading}\"")).collect();
                Some(format!("its columns are {}", found.join(", ")))
            }
            Self::ColumnTwice { .. } => Some("give the columns different headings in the file".to_owned()),
            Self::CellDate { place, pattern: None, field, .. } => Some(format!(
                "if its dates are written in another way, say how: `{field} \"{}\" as \"D.M.Y\"`",
                place.column
            )),
            Self::CellNumber { place, pattern: None, field, .. } => Some(format!(
                "if its numbers are written in another way, say how: `{field} \"{}\" as \"1,234.50\"`",
                place.column
            )),
            Self::PercentPattern { .. } => {
                Some("write 80 percent as the cells do: `80%`, `80` or `0.8`".to_owned())
            }
            Self::CellPercent { found, .. } if found.contains('%') => None,
            Self::CellPercent { place, pattern: None, field, found } => {
                let pattern = if found.starts_with(['0', '.', ',']) { "0.8" } else { "80" };
                Some(format!(
                    "if they are written in another way, say how: `{field} \"{}\" as \"{pattern}\"`",
                    place.column
                ))
            }
            Self::CellFiscal { .. } => Some("write `fiscal year starts feb` in the plan".to_owned()),
            Self::CellName { near: Some(near), .. } | Self::CellWord { near: Some(near), .. } | Self::CellFormerPerson { near: Some(near), .. } => {
                Some(format!("did you mean `{near}`?"))
            }
            Self::CellName { noun: Noun::Stage, near: None, .. } => {
                Some("say its chance in the pipeline, as `stage NAME 50%`; a cell `Closed Won` is the stage `closed-won`".to_owned())
            }
            Self::WonAndLost { .. } => Some("leave out what did not happen".to_owned()),
            Self::DealIncomplete { won_for: true, lacks, .. } if lacks.contains(&Lack::Amount) => {
                Some("write behind `won DATE` what it brought, or nothing if it is the amount".to_owned())
            }
            Self::DealIncomplete { lacks, .. } => {
                let says = lacks.iter().map(|lack| match lack {
                    Lack::Amount => "`amount 120k`",
                    Lack::Close => "`close 2026-02-20`",
                    Lack::Chance => "`probability 40%` or its `stage`",
                });
                Some(format!("write {}", says.collect::<Vec<_>>().join(", ")))
            }
            Self::RetainedWhole { .. } => Some("write `retain 80%` for the book or for the account".to_owned()),
            Self::EachWithExisting => {
                Some("leave out `each`, or make the accounts a key result of their own".to_owned())
            }
            Self::HistoryOfNobody { .. } => {
                Some("read it from a table that names a column of people, `person \"Owner\"`".to_owned())
            }
            Self::NotInHistory { .. } => Some("pin a part for them, or give weights in a list".to_owned()),
            Self::NoBaseline { .. } => Some("write `baseline 800k CNY`, or `baseline HISTORY`".to_owned()),
            Self::NoPast { .. } => Some("write the amount, `baseline 800k CNY`, or add the months".to_owned()),
            _ => None,
        }
    }
}

impl Overridden {
    /// What is set, and what the plan says.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { path, now, was, .. } = self;
        format!("what if: {path} {now} instead of {was}")
    }
}

/// Where a cell of a table is.
fn cell(place: &CellPlace) -> String {
    format!("`{}`, row {}, column \"{}\"", place.path, place.row, place.column)
}

/// `rows 12, 15–18 and 3 more`
fn listed_rows(rows: &RowList) -> String {
    let ranges = rows.ranges().map(|(first, last)| match last - first {
        0 => first.to_string(),
        _ => format!("{first}–{last}"),
    });
    let noun = if rows.len() == 1 { "row" } else { "rows" };
    let more = if rows.unnamed() == 0 { String::new() } else { format!(" and {} more", rows.unnamed()) };
    format!("{noun} {}{more}", ranges.collect::<Vec<_>>().join(", "))
}

/// What a deal lacks, and what that leaves out.
fn incomplete(deal: &str, lacks: &[Lack], ended: bool) -> String {
    let lack = lacks.iter().map(|lack| match lack {
        Lack::Amount => "no amount above 0",
        Lack::Close => "no day of its close",
        Lack::Chance => "no chance",
    });
    let lack: Vec<&str> = lack.collect();
    let lack = match lack.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => lack.concat(),
    };
    let left_out = match lacks {
        _ if ended => "it is decided, but counts in no month",
        [Lack::Chance] => "it is open, but weighs nothing",
        _ => "it is open, but counts in no month",
    };
    format!("`{deal}` says {lack}; {left_out}")
}

/// ``one of `commit`, `best-case` or `omitted` ``
fn any_of(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [word] => format!("`{word}`"),
        [words @ .., last] => format!("{} or `{last}`", list(words)),
    }
}

/// Names that lead to each other.
fn path(names: &[String]) -> String {
    names.join(" → ")
}

/// Names side by side.
fn list(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// What a kind of thing is called.
#[must_use]
pub const fn word(noun: Noun) -> &'static str {
    match noun {
        Noun::Calendar => "calendar",
        Noun::Metric => "metric",
        Noun::Team => "team",
        Noun::Person => "person",
        Noun::Holder => "team or person",
        Noun::History => "history",
        Noun::Funnel => "funnel",
        Noun::Accounts => "account book",
        Noun::Pipeline => "pipeline",
        Noun::Objective => "objective",
        Noun::KeyResult => "key result",
        Noun::Goal => "goal",
        Noun::Action => "action",
        Noun::Review => "review",
        Noun::Incentive => "incentive",
        Noun::Scenario => "scenario",
        Noun::Role => "role",
        Noun::FunnelLine => "line of a funnel",
        Noun::Currency => "currency",
        Noun::Timezone => "time zone",
        Noun::Stage => "stage",
        Noun::Deal => "deal",
        Noun::Actuals => "table of actuals",
        Noun::Part => "part of a split",
    }
}

/// The same with its article.
fn article(noun: Noun) -> String {
    let word = word(noun);
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {word}")
}

/// What a period of that length is called.
pub(crate) const fn grain(grain: Grain) -> &'static str {
    match grain {
        Grain::Day => "day",
        Grain::Week => "week",
        Grain::TenDay => "ten days",
        Grain::Month => "month",
        Grain::Quarter => "quarter",
        Grain::Half => "half-year",
        Grain::Year => "year",
    }
}
