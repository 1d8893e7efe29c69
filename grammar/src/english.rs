//! The English words of the messages.

use crate::keyword::{self, Block};
use crate::message::{Expected, Found, Message};
use crate::source::SourceError;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The text of a message.
pub(crate) fn text(message: &Message) -> String {
    match message {
        Message::Unexpected { expected, found, .. } => {
            let found = match found {
                Found::Text(text) => format!("`{}`", visible(text)),
                Found::LineEnd => "the end of the statement".to_owned(),
            };
            match expected.as_slice() {
                [] => format!("{found} is not expected here"),
                expected => format!("expected {}, found {found}", any_of(expected)),
            }
        }
        Message::UnknownStatement { word, block: Block::File, .. } => {
            format!("`{word}` is not something a file can declare")
        }
        Message::UnknownStatement { word, block, .. } => format!("`{word}` is not a statement of {block}"),
        Message::MisplacedStatement { word, block, belongs } => {
            let belongs = belongs.iter().map(|block| block.described().to_owned()).collect::<Vec<_>>();
            match block {
                Block::File => format!("`{word}` does not stand alone; it belongs in {}", either(&belongs)),
                block => format!("`{word}` is not a statement of {block}; it belongs {}", at_or_in(&belongs)),
            }
        }
        Message::NoStatement { found, block: Block::File } => {
            format!("nothing that a file can declare begins with `{}`", visible(found))
        }
        Message::NoStatement { found, block } => {
            format!("no statement of {block} begins with `{}`", visible(found))
        }
        Message::UnclosedBlock => "this `{` is never closed".to_owned(),
        Message::StrayBrace => "this `}` closes nothing".to_owned(),
        Message::MissingBlock { word } => format!("`{word}` needs a block `{{ … }}`"),
        Message::BraceOnNextLine => "a `{` stands on the line of its statement".to_owned(),
        Message::TooDeep { limit } => format!("blocks are nested more than {limit} deep"),
        Message::Leftover { found } => format!("expected nothing more here, found `{}`", visible(found)),
        Message::UnclosedString => "this string has no end".to_owned(),
        Message::UnknownEscape { escaped } => format!("`\\{escaped}` means nothing in a string"),
        Message::UnknownCharacter { found, .. } => {
            format!("`{}` is not used outside strings", visible(&found.to_string()))
        }
        Message::Repeated { word } => format!("`{word}` is said twice"),
        Message::CommaBetweenEntries => "the entries of a block are not parted by commas".to_owned(),
        Message::ColumnWithoutFile { word } => format!("`{word}` names a column, but no file is read here"),
        Message::ThousandsComma { .. } => "a comma does not part thousands".to_owned(),
        Message::UnknownScale { letters, .. } => format!("`{letters}` is not a scale of numbers"),
        Message::Exponent { .. } => "numbers are written without an exponent".to_owned(),
        Message::AttachedUnit { .. } => "a number and its unit are parted by a space".to_owned(),
        Message::TwoUnits => "the number has a currency's sign already".to_owned(),
        Message::NumberTooLarge => "this number is too large to be exact".to_owned(),
        Message::NumberTooPrecise => "this number has more than 28 decimal places".to_owned(),
        Message::NegativeNumber => "a number below zero is not possible here".to_owned(),
        Message::NoSuchDay { written, month, days, .. } => {
            let month =
                (*month as usize).checked_sub(1).and_then(|at| MONTHS.get(at)).copied().unwrap_or("it");
            format!("`{written}` does not exist: {month} has {days} days")
        }
        Message::NoSuchMonth { written } => format!("`{written}` does not exist: a year has 12 months"),
        Message::NoSuchQuarter { written } => format!("`{written}` does not exist: a year has 4 quarters"),
        Message::NoSuchHalf { written } => format!("`{written}` does not exist: a year has 2 halves"),
        Message::NoSuchTenDay { written } => {
            format!("`{written}` does not exist: a month has 3 ten-day periods")
        }
        Message::NoSuchWeek { written, year, weeks } => {
            format!("`{written}` does not exist: {year} has {weeks} weeks")
        }
        Message::MisspeltDate { written, .. } => format!("`{written}` is neither a date nor a period"),
        Message::PeriodForDay { written } => {
            format!("expected a day such as `2026-03-31`, found the period `{written}`")
        }
        Message::NoSuchTime { written } => format!("`{written}` is not a time of day"),
        Message::NoSuchDayOfMonth { written } => format!("no month has a day `{written}`"),
    }
}

/// What to type.
pub(crate) fn help(message: &Message) -> Option<String> {
    Some(match message {
        Message::Unexpected { form, .. } => return form.map(|form| format!("write `{form}`")),
        Message::UnknownStatement { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
        Message::UnknownStatement { nearest: None, block, .. } | Message::NoStatement { block, .. } => {
            return possible(*block);
        }
        Message::NoSuchDay { last, .. } => {
            return last.as_ref().map(|last| format!("did you mean `{last}`?"));
        }
        Message::UnclosedBlock => "type the missing `}`".to_owned(),
        Message::StrayBrace => "delete it, or type the missing `{`".to_owned(),
        Message::MissingBlock { .. } => "type `{ … }` behind it".to_owned(),
        Message::BraceOnNextLine => "move it to the end of the line before".to_owned(),
        Message::Leftover { .. } => "leave it out, or put it on a line of its own".to_owned(),
        Message::UnclosedString => "a string ends on its line with `\"`".to_owned(),
        Message::UnknownEscape { escaped } => {
            format!("write `\\\\{escaped}` for a backslash; `\\\"`, `\\\\`, `\\n` and `\\t` are the escapes")
        }
        Message::UnknownCharacter { plain, .. } => return plain.map(|plain| format!("write `{plain}`")),
        Message::CommaBetweenEntries => "part them by `;` or new lines".to_owned(),
        Message::ColumnWithoutFile { .. } => "name the file before the `{`: `from \"data.csv\"`".to_owned(),
        Message::ThousandsComma { plain } | Message::AttachedUnit { plain } => format!("write `{plain}`"),
        Message::UnknownScale { plain: Some(plain), .. } => {
            format!("write `{plain}`; the scales are k, M, B, 万 and 亿")
        }
        Message::UnknownScale { plain: None, .. } => "the scales are k, M, B, 万 and 亿".to_owned(),
        Message::Exponent { plain } | Message::MisspeltDate { plain: plain @ Some(_), .. } => {
            return plain.as_ref().map(|plain| format!("write `{plain}`"));
        }
        Message::MisspeltDate { plain: None, .. } => {
            "dates look like `2026-03-31`; periods like `2026`, `2026-H1`, `2026-Q1`, `2026-03`, `2026-03-T1`, \
             `2026-W05`, `FY26-Q1`"
                .to_owned()
        }
        Message::TwoUnits => "leave one of them out".to_owned(),
        Message::NegativeNumber => {
            "only actuals, incentives and changes such as `measure revenue -10%` may be negative".to_owned()
        }
        Message::NoSuchTime { .. } => "times look like `09:00`".to_owned(),
        _ => return None,
    })
}

/// The text with names for characters that would not be seen, or would turn the others around.
fn visible(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    if !text.contains(hidden) {
        return text.to_owned();
    }
    text.chars().map(|c| if hidden(c) { format!("U+{:04X}", u32::from(c)) } else { c.to_string() }).collect()
}

fn any_of(expected: &[Expected]) -> String {
    either(&expected.iter().map(|expected| phrase(*expected)).collect::<Vec<_>>())
}

fn phrase(expected: Expected) -> String {
    match expected {
        Expected::Word(word) => format!("`{word}`"),
        Expected::OneOf(words) => either(&words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>()),
        Expected::Name => "a name".to_owned(),
        Expected::Path => "a name or a path such as `objective.key-result`".to_owned(),
        Expected::Text => "a text in quotes".to_owned(),
        Expected::Number => "a number".to_owned(),
        Expected::Whole => "a whole number".to_owned(),
        Expected::Percent => "a percentage such as `20%`".to_owned(),
        Expected::Amount => "an amount such as `300k`".to_owned(),
        Expected::Change => "a change such as `+25%`".to_owned(),
        Expected::Unit => "a unit".to_owned(),
        Expected::Rate => "a rate such as `5%`".to_owned(),
        Expected::Grain => "`day`, `week`, `ten-day`, `month`, `quarter`, `half` or `year`".to_owned(),
        Expected::Date => "a date such as `2026-03-31`".to_owned(),
        Expected::Moment => "a date or a period such as `2026-Q1`".to_owned(),
        Expected::Time => "a time such as `09:00`".to_owned(),
        Expected::Duration => "a duration such as `14 days`".to_owned(),
        Expected::TimeUnit => "a unit of time such as `days` or `min`".to_owned(),
        Expected::Weekday => "a day of the week such as `mon`".to_owned(),
        Expected::Month => "a month such as `feb`".to_owned(),
        Expected::Zone => "a time zone such as `Asia/Shanghai`".to_owned(),
        Expected::Priority => "a priority from `P0` to `P9`".to_owned(),
        Expected::Letter => {
            "`specific`, `measurable`, `attainable`, `relevant`, `time-bound` or `waive`".to_owned()
        }
        Expected::Block => "a block `{ … }`".to_owned(),
        Expected::End => "the end of the statement".to_owned(),
    }
}

fn says(block: Block) -> String {
    match block {
        Block::File => "a file may declare".to_owned(),
        block => format!("{block} may say"),
    }
}

/// What a block may say, word by word.
fn possible(block: Block) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    for keyword in keyword::of_block(block) {
        let word = format!("`{}`", keyword.word);
        if !words.contains(&word) {
            words.push(word);
        }
    }
    let entry = keyword::entry_form(block).map(|form| format!("`{form}`"));
    words.splice(0..0, entry);
    if words.is_empty() { None } else { Some(format!("{} {}", says(block), either(&words))) }
}

fn at_or_in(blocks: &[String]) -> String {
    match blocks {
        [only] if only.starts_with("the top") => format!("at {only}"),
        blocks => format!("in {}", either(blocks)),
    }
}

/// `a`, `a or b`, `a, b or c`
fn either(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// What is wrong with the bytes of a file.
pub(crate) fn source(error: &SourceError) -> String {
    match error {
        SourceError::NotUtf8 { at } => format!("the file is not UTF-8 text: byte {at} does not fit"),
        SourceError::Nul { at } => format!("the file is not text: byte {at} is NUL"),
        SourceError::TooLong { bytes } => format!("the file is too long: {bytes} bytes of at most 4 GiB"),
    }
}
