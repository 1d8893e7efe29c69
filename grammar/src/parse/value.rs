//! Names, texts, numbers, days and rates.

use chrono::Weekday as Day;

use super::cursor::{Built, Node, Nodes};
use super::moment::{self, Moment};
use super::number;
use super::{Builder, Rule};
use crate::ast::{
    Date, DateOrPeriod, DateRange, Duration, Grain, Name, Need, Number, Path, Quantity, QuantityRange, Rate,
    RateValue, Text, TimeOfDay, TimeUnit, Unit, Weekday,
};
use crate::error::SyntaxError;
use crate::message::Message;
use crate::span::{Span, Spanned};
use crate::token::plain_digit;

fn refuse<T>(span: Span, message: Message) -> Built<T> {
    Err(Box::new(SyntaxError::new(span, message)))
}

/// A name with its digits plain.
pub(super) fn plain_name(written: &str) -> String {
    if written.is_ascii() {
        written.to_owned()
    } else {
        written.chars().map(|c| plain_digit(c).unwrap_or(c)).collect()
    }
}

impl<'t> Builder<'t> {
    pub(super) fn name(&self, node: &Node<'t>) -> Name {
        Spanned::new(plain_name(self.slice(node.span())), node.span())
    }

    /// The names of a list, up to the first other node.
    pub(super) fn names(&self, nodes: &mut Nodes<'t>, rule: Rule) -> Vec<Name> {
        std::iter::from_fn(|| nodes.opt(rule)).map(|node| self.name(&node)).collect()
    }

    pub(super) fn path(&self, node: &Node<'t>) -> Path {
        let span = node.span();
        let mut start = span.start as usize;
        let mut parts = Vec::new();
        for part in self.slice(span).split('.') {
            parts.push(Spanned::new(plain_name(part), Span::new(start, start + part.len())));
            start += part.len() + 1;
        }
        Path { parts, span }
    }

    pub(super) fn paths(&self, nodes: &mut Nodes<'t>) -> Vec<Path> {
        std::iter::from_fn(|| nodes.opt(Rule::path)).map(|node| self.path(&node)).collect()
    }

    pub(super) fn text(&self, node: &Node<'t>) -> Built<Text> {
        let span = node.span();
        let written = self.slice(span);
        let mut chars = written.chars();
        let (first, last) = (chars.next(), chars.next_back());
        let inner = match (first, last) {
            (Some(_), Some(_)) => chars.as_str(),
            _ => "",
        };
        if !inner.contains('\\') {
            return Ok(Spanned::new(inner.to_owned(), span));
        }
        let mut value = String::with_capacity(inner.len());
        let mut at = span.start as usize + first.map_or(0, char::len_utf8);
        let mut chars = inner.chars();
        while let Some(c) = chars.next() {
            if c != '\\' {
                value.push(c);
                at += c.len_utf8();
                continue;
            }
            let escaped = chars.next().unwrap_or('\\');
            value.push(match escaped {
                '"' => '"',
                '\\' => '\\',
                'n' => '\n',
                't' => '\t',
                _ => {
                    let span = Span::new(at, at + 1 + escaped.len_utf8());
                    let error = SyntaxError::new(span, Message::UnknownEscape { escaped });
                    let plain = if matches!(escaped, '“' | '”' | '\'') {
                        escaped.to_string()
                    } else {
                        format!("\\\\{escaped}")
                    };
                    return Err(Box::new(error.replace(plain)));
                }
            });
            at += 1 + escaped.len_utf8();
        }
        Ok(Spanned::new(value, span))
    }

    pub(super) fn texts(&self, nodes: &mut Nodes<'t>) -> Built<Vec<Text>> {
        std::iter::from_fn(|| nodes.opt(Rule::text)).map(|node| self.text(&node)).collect()
    }

    pub(super) fn title(&self, nodes: &mut Nodes<'t>) -> Built<Option<Text>> {
        nodes.opt(Rule::text).map(|node| self.text(&node)).transpose()
    }

    /// A number, or the number of a percentage.
    pub(super) fn number(&self, node: &Node<'t>) -> Built<Number> {
        let span = node.span();
        match number::figure(self.slice(span)) {
            Ok((value, _)) => Ok(Spanned::new(value, span)),
            Err(message) => refuse(span, message),
        }
    }

    pub(super) fn quantity(&self, node: &Node<'t>) -> Built<Quantity> {
        let span = node.span();
        let written = self.slice(span);
        let unsigned = written.trim_start_matches(['-', '+']);
        let sign_len = written.len() - unsigned.len();
        let first = unsigned.chars().next().unwrap_or('0');
        let currency = (plain_digit(first).is_none()).then_some(first);
        let figure_at = sign_len + currency.map_or(0, char::len_utf8);
        let (mut value, taken) = match number::figure(written.get(figure_at..).unwrap_or("")) {
            Ok(read) => read,
            Err(message) => return refuse(span, message),
        };
        if written.starts_with('-') {
            value.set_sign_negative(true);
        }
        let rest = written.get(figure_at + taken..).unwrap_or("");
        let word = rest.trim_start();
        let start = span.start as usize;
        let unit = if !word.is_empty() {
            let span = Span::new(start + written.len() - word.len(), start + written.len());
            if currency.is_some_and(|sign| plain_sign(sign) != '¥' || !matches!(word, "元" | "CNY")) {
                return refuse(span, Message::TwoUnits);
            }
            Some(Spanned::new(unit(word), span))
        } else {
            currency.map(|sign| {
                let at = start + sign_len;
                Spanned::new(Unit::Sign(plain_sign(sign)), Span::new(at, at + sign.len_utf8()))
            })
        };
        Ok(Quantity { value, unit, span })
    }

    /// A whole number that fits 32 bits.
    pub(super) fn whole(&self, node: &Node<'t>) -> Built<u32> {
        let plain: String = self.slice(node.span()).chars().filter_map(plain_digit).collect();
        plain.parse().or_else(|_| refuse(node.span(), Message::NumberTooLarge))
    }

    pub(super) fn duration(&self, node: &Node<'t>) -> Built<Duration> {
        let mut nodes = node.children();
        let count = self.whole(&nodes.need(Rule::whole)?)?;
        let unit = nodes.need(Rule::time_unit)?;
        let unit = match self.slice(unit.span()) {
            "min" | "minute" | "minutes" => TimeUnit::Minute,
            "h" | "hour" | "hours" => TimeUnit::Hour,
            "day" | "days" => TimeUnit::Day,
            "workday" | "workdays" => TimeUnit::Workday,
            "week" | "weeks" => TimeUnit::Week,
            "month" | "months" => TimeUnit::Month,
            _ => return Err(unit.unexpected()),
        };
        Ok(Duration { count, unit, span: node.span() })
    }

    pub(super) fn moment(&self, node: &Node<'t>) -> Built<DateOrPeriod> {
        let span = node.span();
        match moment::moment(self.slice(span)) {
            Ok(Moment::Day(date)) => Ok(DateOrPeriod::Date(Spanned::new(date, span))),
            Ok(Moment::Period(period)) => Ok(DateOrPeriod::Period(Spanned::new(period, span))),
            Err(message) => refuse_moment(span, message),
        }
    }

    /// A day; a period is refused.
    pub(super) fn date(&self, node: &Node<'t>) -> Built<Date> {
        let span = node.span();
        match moment::moment(self.slice(span)) {
            Ok(Moment::Day(date)) => Ok(Spanned::new(date, span)),
            Ok(Moment::Period(_)) => {
                refuse(span, Message::PeriodForDay { written: self.slice(span).to_owned() })
            }
            Err(message) => refuse_moment(span, message),
        }
    }

    pub(super) fn range(&self, node: &Node<'t>) -> Built<DateRange> {
        let mut nodes = node.children();
        let from = self.moment(&nodes.need(Rule::moment)?)?;
        let to = nodes.opt(Rule::moment).map(|node| self.moment(&node)).transpose()?;
        Ok(DateRange { from, to, span: node.span() })
    }

    pub(super) fn time(&self, node: &Node<'t>) -> Built<TimeOfDay> {
        let span = node.span();
        let written = self.slice(span);
        let plain: String = written.chars().filter_map(plain_digit).collect();
        let (hour, minute) = plain.split_at(plain.len().saturating_sub(2));
        match (hour.parse::<u32>(), minute.parse::<u32>()) {
            (Ok(hour), Ok(minute)) if hour < 24 && minute < 60 => Ok(TimeOfDay { hour, minute, span }),
            _ => refuse(span, Message::NoSuchTime { written: written.to_owned() }),
        }
    }

    pub(super) fn weekday(&self, node: &Node<'t>) -> Built<Weekday> {
        let day = match self.slice(node.span()) {
            "mon" => Day::Mon,
            "tue" => Day::Tue,
            "wed" => Day::Wed,
            "thu" => Day::Thu,
            "fri" => Day::Fri,
            "sat" => Day::Sat,
            "sun" => Day::Sun,
            _ => return Err(node.unexpected()),
        };
        Ok(Spanned::new(day, node.span()))
    }

    /// The days of a list such as `mon..wed, fri`, written out; a stretch may run over the week's end.
    pub(super) fn weekdays(&self, nodes: Nodes<'t>) -> Built<Vec<Weekday>> {
        let mut days: Vec<Weekday> = Vec::new();
        for node in nodes {
            let mut ends = node.children();
            let first = self.weekday(&ends.need(Rule::weekday)?)?;
            let last = ends.opt(Rule::weekday).map(|node| self.weekday(&node)).transpose()?;
            let mut day = first.value;
            days.push(first);
            while let Some(last) = last.filter(|last| last.value != day) {
                day = day.succ();
                let span = if day == last.value { last.span } else { node.span() };
                days.push(Spanned::new(day, span));
            }
        }
        Ok(days)
    }

    pub(super) fn grain_word(&self, node: &Node<'t>) -> Built<Spanned<Grain>> {
        let grain = match self.slice(node.span()) {
            "day" => Grain::Day,
            "week" => Grain::Week,
            "ten-day" => Grain::TenDay,
            "month" => Grain::Month,
            "quarter" => Grain::Quarter,
            "half" => Grain::Half,
            "year" => Grain::Year,
            _ => return Err(node.unexpected()),
        };
        Ok(Spanned::new(grain, node.span()))
    }

    pub(super) fn rate(&self, node: &Node<'t>) -> Built<Rate> {
        let mut nodes = node.children();
        let first = self.number(&nodes.need(Rule::hits)?)?.value;
        let tail = nodes.any()?;
        let mut rest = tail.children();
        let value = match tail.rule() {
            Rule::rate_percent => match rest.opt(Rule::percent) {
                Some(last) => RateValue::PercentRange(first, self.number(&last)?.value),
                None => RateValue::Percent(first),
            },
            Rule::rate_to => RateValue::PercentRange(first, self.number(&rest.need(Rule::percent)?)?.value),
            Rule::rate_in => {
                let fewest = self.number(&rest.need(Rule::number)?)?.value;
                match rest.opt(Rule::number) {
                    Some(most) => RateValue::InRange(first, fewest, self.number(&most)?.value),
                    None => RateValue::In(first, fewest),
                }
            }
            Rule::rate_of => RateValue::Evidence(first, self.number(&rest.need(Rule::number)?)?.value),
            _ => return Err(tail.unexpected()),
        };
        Ok(Spanned::new(value, node.span()))
    }

    pub(super) fn need(&self, node: &Node<'t>) -> Built<Need> {
        if node.rule() == Rule::rate {
            return Ok(Need::Rate(self.rate(node)?));
        }
        let mut nodes = node.children();
        let least = self.quantity(&nodes.need(Rule::quantity)?)?;
        let range = match nodes.opt(Rule::quantity) {
            Some(most) => QuantityRange::Between(least, self.quantity(&most)?),
            None => QuantityRange::One(least),
        };
        Ok(Need::Each(range, node.span()))
    }

    // ------------------------------------------------------------ statements of one value

    pub(super) fn only_name(&self, node: &Node<'t>) -> Built<Name> {
        Ok(self.name(&node.children().any()?))
    }

    pub(super) fn only_text(&self, node: &Node<'t>) -> Built<Text> {
        self.text(&node.children().any()?)
    }

    pub(super) fn only_number(&self, node: &Node<'t>) -> Built<Number> {
        self.number(&node.children().any()?)
    }

    pub(super) fn only_quantity(&self, node: &Node<'t>) -> Built<Quantity> {
        self.quantity(&node.children().any()?)
    }

    pub(super) fn only_date(&self, node: &Node<'t>) -> Built<Date> {
        self.date(&node.children().any()?)
    }

    pub(super) fn only_moment(&self, node: &Node<'t>) -> Built<DateOrPeriod> {
        self.moment(&node.children().any()?)
    }

    pub(super) fn only_range(&self, node: &Node<'t>) -> Built<DateRange> {
        self.range(&node.children().any()?)
    }

    pub(super) fn only_rate(&self, node: &Node<'t>) -> Built<Rate> {
        self.rate(&node.children().any()?)
    }

    pub(super) fn only_duration(&self, node: &Node<'t>) -> Built<Duration> {
        self.duration(&node.children().any()?)
    }
}

/// What a unit's text stands for.
pub(super) fn unit(written: &str) -> Unit {
    match written {
        "%" | "％" => Unit::Percent,
        "pp" => Unit::Points,
        "元" => Unit::Word("CNY".to_owned()),
        word => Unit::Word(plain_name(word)),
    }
}

/// The plain form of a currency's sign.
pub(super) fn plain_sign(sign: char) -> char {
    match sign {
        '￥' => '¥',
        '＄' => '$',
        '￠' => '¢',
        '￡' => '£',
        '￦' => '₩',
        other => other,
    }
}

fn refuse_moment<T>(span: Span, message: Message) -> Built<T> {
    let plain = match &message {
        Message::MisspeltDate { plain: Some(plain), .. } | Message::NoSuchDay { last: Some(plain), .. } => {
            Some(plain.clone())
        }
        _ => None,
    };
    let error = SyntaxError::new(span, message);
    Err(Box::new(match plain {
        Some(plain) => error.replace(plain),
        None => error,
    }))
}
