//! Statements of goals, actions, reviews and incentives.

use milepost::noun::Noun;
use milepost::plan::MetricUnit;
use milepost_grammar::keyword::Block;

use super::offers::Offers;
use super::piece::Piece;
use super::statement::{GRAINS, WEEKDAYS};

/// How long something lasts or comes before.
const SHORT: [&str; 3] = ["min", "hours", "days"];

impl<'c> Offers<'c> {
    pub(super) fn of_goal(&mut self, block: Block, word: &str, rest: &[Piece<'c>]) {
        let said: Vec<&str> = rest.iter().filter_map(|piece| piece.word()).collect();
        match (word, rest) {
            ("owner", [] | [.., Piece::Comma]) => self.names_but(Noun::Holder, &said),
            ("supports", [] | [.., Piece::Comma]) => self.goals(),
            ("during", []) => self.stretches(None),
            ("during" | "dropped" | "check-in" | "forecast", [] | [.., Piece::Dots]) => self.single_days(),
            ("priority", []) => self.words(&["P0", "P1", "P2", "P3"]),
            ("measure", rest) => self.measure(rest),
            ("hold", rest) => self.hold(rest),
            ("reach", [] | [Piece::Text]) => self.words(&["by", "done"]),
            ("reach" | "checkpoint", [.., Piece::Word("by")]) => self.last_days(),
            ("reach", [.., Piece::Word("done")]) => self.single_days(),
            ("reach", [.., Piece::Word("by"), Piece::Date(_)]) => self.word("done"),
            ("baseline", []) => self.names(Noun::History),
            ("baseline" | "pin", [.., Piece::Number]) => self.unit_of_goal(),
            ("checkpoint", []) => {
                let by = self.last_day();
                self.value("30% of target", &format!("${{1:30}}% of target by ${{2:{by}}}"));
            }
            ("checkpoint", [.., Piece::Number]) => {
                self.unit_of_goal();
                self.phrase("of target", "of target");
                self.word("by");
            }
            ("checkpoint", [Piece::Number, Piece::Word("of")]) => self.word("target"),
            ("checkpoint", [Piece::Number, .., Piece::Word(_)]) => self.word("by"),
            ("existing", [] | [.., Piece::Comma]) => self.names(Noun::Accounts),
            ("through", []) => self.names(Noun::Funnel),
            ("share", rest) => self.share(rest, &said),
            ("pin", []) => self.names(Noun::Holder),
            ("over-assign", []) => {
                self.value("5%", "${1:5}%");
                self.names(Noun::Person);
            }
            ("over-assign", [Piece::Word(_)]) => self.value("5%", "${1:5}%"),
            ("forecast", [Piece::Date(_)]) => self.names(Noun::Holder),
            ("spread", rest) => self.spread(rest),
            ("front-loaded" | "back-loaded" | "threshold", []) => self.value("20%", "${1:20}%"),
            ("commit" | "call" | "best", [Piece::Number]) if block == Block::Forecast => self.unit_of_goal(),
            ("confidence", []) => self.value("60%", "${1:60}%"),
            _ => {}
        }
    }

    /// `measure revenue 1M CNY by 2026-03-31` and its other forms.
    fn measure(&mut self, rest: &[Piece<'c>]) {
        let metric = match rest {
            [Piece::Word(metric), ..] => self.metric(metric),
            _ => None,
        };
        let has = |word: &str| rest.iter().skip(1).any(|piece| *piece == Piece::Word(word));
        match rest {
            [] => self.names(Noun::Metric),
            [Piece::Word(_)] => {
                let unit = match metric.map(|metric| &metric.unit) {
                    Some(MetricUnit::Percent) => "%",
                    _ => "",
                };
                let level = metric.is_some_and(|metric| !metric.adds_up());
                if level {
                    let by = self.last_day();
                    self.phrase(
                        "from … to …",
                        &format!("from ${{1:20}}{unit} to ${{2:60}}{unit} by ${{3:{by}}}"),
                    );
                    self.word("from");
                }
                // Of one that is not declared yet nothing is known.
                if metric.is_none() {
                    self.word("from");
                }
                if !level {
                    self.phrase("… per …", "${1:3} per ${2:day}");
                }
                self.value("+25%", "+${1:25}%");
                self.value("x1.5", "x${1:1.5}");
            }
            [_, .., Piece::Word("by")] => self.last_days(),
            [_, .., Piece::Word("per")] => self.words(&GRAINS),
            [_, Piece::Word("from"), Piece::Number] => {
                self.unit(metric);
                self.word("to");
            }
            [_, Piece::Word("from"), _, Piece::Word(_)] if !has("to") => self.word("to"),
            [_, .., Piece::Number] => {
                self.unit(metric);
                if !has("to") {
                    if metric.is_none_or(|metric| metric.unit == MetricUnit::Percent) {
                        self.word("pp");
                    }
                    self.word("per");
                }
                self.word("by");
            }
            [_, .., Piece::Word("from" | "to")] | [_, .., Piece::Date(_)] => {}
            [_, _, ..] if !has("by") => {
                if !has("to") && !has("per") {
                    self.word("per");
                }
                self.word("by");
            }
            _ => {}
        }
    }

    /// `hold refunds within 0%..2%`
    fn hold(&mut self, rest: &[Piece<'c>]) {
        match rest {
            [] => self.names(Noun::Metric),
            [_] => {
                self.phrase("within", "within ${1:0}%..${2:2}%");
                self.phrase("at most", "at most ${1:2}%");
                self.phrase("at least", "at least ${1:90}%");
            }
            [_, .., Piece::Word("at")] => self.words(&["most", "least"]),
            [_, .., Piece::Word("by")] => self.last_days(),
            [Piece::Word(metric), .., Piece::Number] => {
                let metric = self.metric(metric);
                self.unit(metric);
                self.word("by");
            }
            [_, _, _, .., Piece::Word(_)] => self.word("by"),
            _ => {}
        }
    }

    /// `share north role ae by capacity`
    fn share(&mut self, rest: &[Piece<'c>], said: &[&str]) {
        match rest {
            [] | [.., Piece::Comma] => self.names_but(Noun::Holder, said),
            [_, .., Piece::Word("role")] => self.names(Noun::Role),
            [_, .., Piece::Word("by")] => {
                if said.contains(&"each") {
                    self.word("capacity");
                } else {
                    self.words(&["capacity", "weight"]);
                }
            }
            [_, .., Piece::Word("like")] => self.names(Noun::History),
            [_, .., Piece::Word("each")] => self.phrase("by capacity", "by capacity"),
            [_, .., Piece::Word("evenly" | "capacity")] => {}
            [_, .., Piece::Word("by" | "like"), Piece::Word(_)] => {}
            [.., Piece::Word(_)] => {
                self.word("evenly");
                self.phrase("by capacity", "by capacity");
                self.phrase("by weight", "by weight");
                self.word("each");
                self.phrase("each by capacity", "each by capacity");
                self.word("like");
                if !said.contains(&"role") {
                    self.word("role");
                }
                self.phrase("{ … }", "{ ${1:name} ${2:40}%; ${3:name} ${4:60}% }");
            }
            _ => {}
        }
    }

    /// `spread like sales-2025 per workday`
    fn spread(&mut self, rest: &[Piece<'c>]) {
        match rest {
            [] => {
                self.words(&["evenly", "like"]);
                self.phrase("{ … }", "{ ${1:2026-01} ${2:50}%; ${3:2026-02} ${4:50}% }");
            }
            [Piece::Word("like")] => self.names(Noun::History),
            [Piece::Word("like"), Piece::Word(_)] => self.phrase("per workday", "per workday"),
            [.., Piece::Word("per")] => self.word("workday"),
            _ => {}
        }
    }

    pub(super) fn of_work(&mut self, word: &str, rest: &[Piece<'c>]) {
        let said: Vec<&str> = rest.iter().filter_map(|piece| piece.word()).collect();
        match (word, rest) {
            ("owner" | "with", [] | [.., Piece::Comma]) => self.names_but(Noun::Holder, &said),
            ("during", []) => self.stretches(None),
            ("during", [.., Piece::Dots]) | ("on", []) => self.single_days(),
            ("takes", [Piece::Number]) => self.words(&["workdays", "days", "weeks", "months", "hours"]),
            ("priority", []) => self.words(&["P0", "P1", "P2", "P3"]),
            ("support", []) => self.names(Noun::Holder),
            ("support", [Piece::Word(_), Piece::Text]) => self.word("by"),
            ("support", [.., Piece::Word("by")]) => self.last_days(),
            ("budget", [Piece::Number]) => self.money(),
            ("yields", [Piece::Number]) => self.names(Noun::Metric),
            ("for", []) => self.goals(),
            ("after", [] | [.., Piece::Comma]) => {
                let own = self.name_of(Block::Action);
                self.names_but(Noun::Action, own.as_slice());
            }
            ("every" | "on", rest) => self.occurs(word, rest, &said),
            ("remind", [Piece::Number]) => self.words(&SHORT),
            ("remind", [Piece::Number, Piece::Word(_)]) => self.word("before"),
            _ => {}
        }
    }

    /// `every mon at 09:00 for 30 min else skip`
    fn occurs(&mut self, word: &str, rest: &[Piece<'c>], said: &[&str]) {
        match rest {
            [] => {
                self.words(&["day"]);
                self.words(&WEEKDAYS);
                self.phrase("2 weeks on …", "${1:2} weeks on ${2:tue}");
                self.word("ten-day");
                self.phrase("month on …", "month on ${1:15}");
                self.phrase("month on last workday", "month on last workday");
                self.phrase("quarter on last workday", "quarter on last workday");
            }
            [.., Piece::Comma] => self.words(&WEEKDAYS),
            [Piece::Number] => self.word("weeks"),
            [Piece::Word("month" | "quarter")] | [Piece::Number, Piece::Word(_)] => self.word("on"),
            [Piece::Word("month" | "quarter"), Piece::Word("on")] => {
                self.phrase("first workday", "first workday");
                self.phrase("last workday", "last workday");
            }
            [Piece::Number, Piece::Word(_), Piece::Word("on")] => self.words(&WEEKDAYS),
            [.., Piece::Word("first" | "last")] => self.word("workday"),
            [.., Piece::Word("at")] => self.value("09:00", "${1:09:00}"),
            [.., Piece::Word("for")] => self.value("30 min", "${1:30} min"),
            [.., Piece::Word("for"), Piece::Number] => self.words(&SHORT),
            [.., Piece::Word("else")] => self.words(&["skip", "before"]),
            _ => {
                for next in ["at", "for", "else"] {
                    if !said.contains(&next) && (next != "else" || word == "every") {
                        self.word(next);
                    }
                }
            }
        }
    }

    pub(super) fn of_incentive(&mut self, word: &str, rest: &[Piece<'c>]) {
        match (word, rest) {
            ("missed", []) => self.names(Noun::Metric),
            ("missed", [Piece::Word(_)]) => self.phrase("->", "-> -${1:1} coins"),
            ("missed", [.., Piece::Number]) => self.words(&["coins", "points"]),
            ("level", [Piece::Text]) => self.phrase("at … points", "at ${1:500} points"),
            ("level", [.., Piece::Number]) => self.word("points"),
            ("prize", [Piece::Text, Piece::Number]) => self.word("coins"),
            ("coin", [Piece::Number]) => self.money(),
            _ => {}
        }
    }
}
