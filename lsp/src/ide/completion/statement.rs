//! What may stand at the cursor, by the statement that it is in.

use milepost::noun::Noun;
use milepost::plan::Metric;
use milepost::sources::Place;
use milepost_grammar::Span;
use milepost_grammar::ast::{Declaration, Letter};
use milepost_grammar::keyword::{self, Block, KEYWORDS, Keyword};

use super::body::{Body, repeats, rivals};
use super::offers::{Offer, Offers};
use super::piece::Piece;
use super::{About, CompletionKind};

/// What follows `per`.
pub(super) const GRAINS: [&str; 7] = ["day", "week", "ten-day", "month", "quarter", "half", "year"];
/// What a week is made of.
pub(super) const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// Encodings of tables that are met with; any other name of the WHATWG's list can be written as well.
const ENCODINGS: [&str; 7] = ["utf-8", "gb18030", "gbk", "big5", "shift_jis", "euc-kr", "windows-1252"];
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Offers what fits.
pub(super) fn offer(offers: &mut Offers<'_>) {
    let Some(block) = offers.block() else { return };
    let pieces = offers.pieces();
    let behind_number = offers.cursor.behind_number;
    match pieces.as_slice() {
        [] => offers.statements(block),
        [Piece::Word(word), rest @ ..] => match keyword::in_block(word, block) {
            Some(_) if behind_number && !awaits_moment(word, rest) => offers.number(block, word, rest),
            Some(known) => offers.rest(block, known, rest),
            None if behind_number && !awaits_moment("", rest) => offers.entry_number(block, &pieces),
            None => offers.entry_rest(block, &pieces),
        },
        _ if behind_number => offers.entry_number(block, &pieces),
        _ => offers.entry_rest(block, &pieces),
    }
}

/// Whether what comes next is a day or a period, so that digits typed are a year on its way.
fn awaits_moment(word: &str, rest: &[Piece<'_>]) -> bool {
    match rest {
        [] => matches!(
            word,
            "period"
                | "focus"
                | "off"
                | "work"
                | "covers"
                | "from"
                | "until"
                | "away"
                | "renews"
                | "close"
                | "won"
                | "lost"
                | "during"
                | "dropped"
                | "check-in"
                | "forecast"
                | "on"
        ),
        [.., Piece::Word("by" | "done")] | [.., Piece::Date(_), Piece::Dots] => true,
        _ => false,
    }
}

impl<'c> Offers<'c> {
    /// What a statement of `block` may begin with.
    fn statements(&mut self, block: Block) {
        let body =
            self.open.last().map(|open| Body::new(self.text, open, self.cursor.offset)).unwrap_or_default();
        let head = self.open.last().map(|open| self.head_words(open)).unwrap_or_default();
        let table = block == Block::Actuals || head.contains(&"from");
        // In blocks whose lines are mostly of another kind, those come first.
        let entries_first = matches!(block, Block::Funnel | Block::Actual | Block::Incentive);
        if entries_first {
            self.entries(block, &body);
        }
        let mut all: Vec<(usize, &Keyword)> = KEYWORDS.iter().enumerate().collect();
        all.retain(|(_, known)| known.blocks.contains(&block));
        if block == Block::KeyResult {
            // What it measures comes before what it says like its objective.
            all.sort_by_key(|(_, known)| known.blocks.contains(&Block::Objective));
        }
        for (index, known) in all {
            let column = known.form.contains("HEADING") || known.word == "encoding";
            let said = !repeats(block, known.word) && body.first.contains(&known.word);
            let said = said || rivals(block, known.word).iter().any(|rival| body.first.contains(rival));
            let said = said || block == Block::File && known.word == "plan" && self.has_plan();
            let entry_of_table = matches!(block, Block::History) && table && !column;
            if (!column || table) && !said && !entry_of_table {
                self.statement(index, known);
            }
        }
        if !entries_first {
            self.entries(block, &body);
        }
    }

    /// Whether the plan is declared somewhere else.
    fn has_plan(&self) -> bool {
        self.compilation.items.iter().any(|loaded| {
            let whole = Place::new(loaded.id, Span::new(0, loaded.item.len));
            matches!(loaded.item.declaration, Declaration::Plan(_)) && !self.holds_cursor(whole)
        })
    }

    fn statement(&mut self, index: usize, known: &Keyword) {
        let about = About::Keyword(index);
        let insert = Some(known.snippet);
        let detail = Some(known.form);
        let kind = CompletionKind::Statement;
        self.push(Offer { about, insert, snippet: true, detail, ..Offer::new(known.word, kind) });
    }

    /// Behind a number without a space: scale letters and units, where it is an amount.
    fn number(&mut self, block: Block, word: &str, rest: &[Piece<'c>]) {
        match (word, rest) {
            ("measure" | "hold", [Piece::Word(metric), ..]) => {
                let metric = self.metric(metric);
                self.scales(metric);
                self.unit(metric);
            }
            ("baseline" | "checkpoint" | "pin", _) => {
                self.scales(self.metric_of_goal());
                self.unit_of_goal();
                if word == "checkpoint" {
                    self.percent();
                }
            }
            ("commit" | "call" | "best", _) if block == Block::Forecast => {
                self.scales(self.metric_of_goal());
                self.unit_of_goal();
            }
            ("amount" | "won", _) => {
                self.scales(self.metric_of_head());
                self.unit_of_head();
            }
            ("budget" | "coin", _) => {
                self.scales(None);
                self.money();
            }
            ("step", _) => self.scales(None),
            (
                "retain" | "ramp" | "over-assign" | "front-loaded" | "back-loaded" | "threshold"
                | "probability" | "stage" | "confidence" | "attainable",
                _,
            ) => self.percent(),
            _ => {}
        }
    }

    fn entry_number(&mut self, block: Block, pieces: &[Piece<'c>]) {
        match (block, pieces) {
            (Block::History | Block::Actual | Block::Accounts, _) => {
                self.scales(self.metric_of_head());
                self.unit_of_head();
            }
            (Block::Funnel, [Piece::Word(left), Piece::Needs, Piece::Word(_)]) => {
                let metric = self.metric(left);
                self.scales(metric);
                self.percent();
                self.unit(metric);
            }
            (Block::Weights | Block::Periods, _) => self.percent(),
            (Block::Scenario, _) => {
                self.scales(None);
                self.percent();
            }
            _ => {}
        }
    }

    /// What may follow in a statement that begins with `known`.
    fn rest(&mut self, block: Block, known: &Keyword, rest: &[Piece<'c>]) {
        if let Some(choices) = choices(known) {
            if rest.is_empty() {
                self.words(&choices);
            }
            return;
        }
        if known.word == "encoding" {
            if rest.is_empty() {
                self.words(&ENCODINGS);
            }
            return;
        }
        if known.form.contains("HEADING")
            && self.open.last().is_some_and(|open| self.head_words(open).contains(&"from"))
        {
            if rest == [Piece::Text] {
                self.word("as");
            }
            return;
        }
        match block {
            Block::File => self.declaration(known.word, rest),
            Block::Plan => self.of_plan(known.word, rest),
            Block::Calendar | Block::Metric => self.of_calendar_or_metric(known.word, rest),
            Block::Team | Block::Person => self.of_member(known.word, rest),
            Block::Accounts | Block::Account | Block::Pipeline | Block::Deal => {
                self.of_deal(known.word, rest)
            }
            Block::Objective | Block::KeyResult | Block::CheckIn | Block::Forecast => {
                self.of_goal(block, known.word, rest);
            }
            Block::Action | Block::Review => self.of_work(known.word, rest),
            Block::Incentive => self.of_incentive(known.word, rest),
            Block::Smart => self.of_smart(known.word, rest),
            _ => {}
        }
    }

    fn declaration(&mut self, word: &str, rest: &[Piece<'c>]) {
        match (word, rest) {
            ("metric", [.., Piece::Equals | Piece::Sign]) => self.names(Noun::Metric),
            ("metric", [Piece::Word(_)] | [Piece::Word(_), Piece::Text]) => {
                self.phrase("{ … }", "{ unit ${1:count}; kind ${2:outcome} }")
            }
            ("history" | "accounts" | "pipeline", [.., Piece::Word("of")]) if rest.len() > 1 => {
                self.names(Noun::Metric);
            }
            ("history" | "accounts" | "pipeline", [Piece::Word(_)] | [Piece::Word(_), Piece::Text]) => {
                self.words(&["of", "from"]);
            }
            ("history" | "accounts" | "pipeline", [.., Piece::Word("of"), Piece::Word(_)]) => {
                self.word("from")
            }
            ("actual", []) => self.names(Noun::Metric),
            ("actuals", []) => self.word("from"),
            _ => {}
        }
    }

    fn of_plan(&mut self, word: &str, rest: &[Piece<'c>]) {
        match (word, rest) {
            ("edition", []) => self.value("1", "1"),
            ("period" | "focus", []) => self.stretches(None),
            ("currency", []) => self.currencies(),
            ("calendar", []) => self.names(Noun::Calendar),
            ("language", []) => self.words(&["en", "zh-Hans"]),
            ("timezone", _) => self.zones(),
            ("fiscal", []) => self.phrase("year starts", "year starts ${1:feb}"),
            ("fiscal", [Piece::Word("year")]) => self.word("starts"),
            ("fiscal", [_, Piece::Word("starts")]) => self.words(&MONTHS),
            ("fiscal", [_, _, Piece::Word(_)]) => self.phrase("named by start", "named by start"),
            ("fiscal", [_, _, _, Piece::Word("named")]) => self.word("by"),
            ("fiscal", [_, _, _, _, Piece::Word("by")]) => self.words(&["start", "end"]),
            _ => {}
        }
    }

    fn of_calendar_or_metric(&mut self, word: &str, rest: &[Piece<'c>]) {
        match (word, rest) {
            ("week", [] | [.., Piece::Dots | Piece::Comma]) => {
                if rest.is_empty() {
                    self.phrase("mon..fri", "mon..fri");
                }
                self.words(&WEEKDAYS);
            }
            ("import", [Piece::Text]) => self.word("work"),
            ("off" | "work" | "covers", []) => self.stretches(None),
            ("off" | "work" | "covers", [.., Piece::Dots]) => self.single_days(),
            ("unit", []) => {
                self.words(&["count", "percent"]);
                self.currencies();
            }
            _ => {}
        }
    }

    fn of_member(&mut self, word: &str, rest: &[Piece<'c>]) {
        match (word, rest) {
            ("lead", []) => self.names(Noun::Person),
            ("role", []) => self.names(Noun::Role),
            ("calendar", []) => self.names(Noun::Calendar),
            ("from" | "until", []) => self.single_days(),
            ("away", []) => self.stretches(None),
            ("away", [.., Piece::Dots]) => self.single_days(),
            ("ramp", [.., Piece::Number]) => self.phrase("by month", "by month"),
            ("ramp", [.., Piece::Word("by")]) => self.word("month"),
            ("ramp", [.., Piece::Word("month")]) => self.phrase("after start", "after start"),
            ("ramp", [.., Piece::Word("after")]) => self.word("start"),
            _ => {}
        }
    }

    fn of_deal(&mut self, word: &str, rest: &[Piece<'c>]) {
        match (word, rest) {
            ("owner", []) => self.names(Noun::Person),
            ("renews" | "close" | "won" | "lost", []) => self.single_days(),
            ("amount" | "won", [.., Piece::Number]) => self.unit_of_head(),
            ("retain" | "probability", []) => self.value("70%", "${1:70}%"),
            ("retain" | "probability", [Piece::Number]) => self.percent(),
            ("stage", []) if self.block() == Some(Block::Deal) => self.stages(),
            ("open", [.., Piece::Dots, Piece::Number] | [Piece::Number]) => self.word("each"),
            ("next", [Piece::Text]) => self.word("by"),
            ("next", [Piece::Text, Piece::Word("by")]) => self.single_days(),
            _ => {}
        }
    }

    fn of_smart(&mut self, word: &str, rest: &[Piece<'c>]) {
        let letter = match word {
            "specific" => Letter::Specific,
            "measurable" => Letter::Measurable,
            "attainable" => Letter::Attainable,
            "relevant" => Letter::Relevant,
            "time-bound" => Letter::TimeBound,
            "waive" => {
                match rest {
                    [] => self.checks(),
                    [Piece::Word(_)] => self.word("on"),
                    [Piece::Word(_), Piece::Word("on")] => self.waivable(),
                    _ => {}
                }
                return;
            }
            _ => return,
        };
        let said: Vec<&str> = rest.iter().filter_map(|piece| piece.word()).collect();
        match rest {
            [] => {
                self.word("require");
                if letter == Letter::Attainable {
                    self.limits();
                }
            }
            [Piece::Word("require")] | [Piece::Word("require"), .., Piece::Comma] => {
                self.checks_of(letter, &said)
            }
            [.., Piece::Comma] if letter == Letter::Attainable => self.limits(),
            [.., Piece::Word("growth" | "over-assignment" | "confidence")] => {
                self.phrase("at most", "at most ${1:30}%");
                self.phrase("at least", "at least ${1:50}%");
            }
            [.., Piece::Word("at")] => self.words(&["most", "least"]),
            _ => {}
        }
    }

    fn limits(&mut self) {
        self.phrase("growth at most", "growth at most ${1:30}%");
        self.phrase("over-assignment at most", "over-assignment at most ${1:10}%");
        self.phrase("confidence at least", "confidence at least ${1:50}%");
    }

    /// The unit of what the goal around the cursor measures.
    pub(super) fn unit_of_goal(&mut self) {
        self.unit(self.metric_of_goal());
    }

    fn metric_of_goal(&self) -> Option<&'c Metric> {
        let measured = self.key_result().and_then(|goal| goal.measure.as_ref());
        measured.and_then(|measure| self.plan?.metrics.get(measure.metric.index()))
    }

    /// Time zones of the IANA database.
    fn zones(&mut self) {
        let range = self.cursor.second..self.cursor.word.end.max(self.cursor.offset);
        for zone in chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()) {
            let range = Some(range.clone());
            self.push(Offer { range, ..Offer::new(zone, CompletionKind::Value) });
        }
    }
}

/// The words that a statement chooses from, `${1|committed,aspirational|}`.
fn choices(known: &Keyword) -> Option<Vec<&'static str>> {
    let (_, choices) = known.snippet.split_once("${1|")?;
    let (choices, _) = choices.split_once("|}")?;
    Some(choices.split(',').collect())
}
