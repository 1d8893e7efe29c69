//! Lines that begin with no keyword.

use milepost::noun::Noun;
use milepost::plan::{Holder, Metric, PersonId, Plan, TeamId};
use milepost_grammar::keyword::Block;

use super::CompletionKind;
use super::body::Body;
use super::offers::{Offer, Offers, can_be_named};
use super::piece::Piece;

impl<'c> Offers<'c> {
    /// What such a line of `block` may begin with.
    pub(super) fn entries(&mut self, block: Block, body: &Body<'_>) {
        match block {
            Block::Team | Block::Person => {
                self.names_as(Noun::Metric, |_| Some(" at most ${1:6} per ${2:day}".to_owned()));
                self.lines();
            }
            Block::History => self.next_entry(body, " ${1:100}"),
            Block::Actual => {
                self.next_entry(body, " ${1:100}");
                self.days_typed_again(body);
                self.single_days();
            }
            Block::Funnel => {
                self.names_as(Noun::Metric, |_| Some(" <- ${1:metric} ${2:1 in 20}".to_owned()));
            }
            Block::Accounts => self.snippet("\"CUSTOMER\" AMOUNT", "\"${1:customer}\" ${2:100k}"),
            Block::Scenario => {
                self.targets();
                self.lines();
            }
            Block::Weights => self.weights(body),
            Block::Periods => self.stretches(Some(" ${1:10}%")),
            Block::Incentive => {
                self.names_as(Noun::Metric, |_| Some(" -> ${1:2} coins, ${2:10} points".to_owned()));
            }
            _ => {}
        }
    }

    fn snippet(&mut self, label: &str, snippet: &str) {
        let insert = Some(snippet);
        self.push(Offer { insert, snippet: true, ..Offer::new(label, CompletionKind::Entry) });
    }

    fn next_entry(&mut self, body: &Body<'_>, then: &str) {
        if let Some(before) = body.before {
            self.after(before, then);
        }
    }

    fn days_typed_again(&mut self, body: &Body<'_>) {
        if let Some(before) = body.before {
            let detail = Some("the same day");
            self.push(Offer { detail, ..Offer::new(before, CompletionKind::Moment) });
        }
    }

    /// Lines of a list of weights: of people and teams behind `share`, of parts behind `split`.
    fn weights(&mut self, body: &Body<'_>) {
        let head = self.open.last().map(|open| self.head_words(open)).unwrap_or_default();
        if head.first() != Some(&"share") {
            return self.snippet("PART 40%", "${1:part} ${2:40}%");
        }
        // Of a team that is shared among, those in it.
        let team = head.get(1).and_then(|name| self.compilation.names.table(Noun::Team)?.get(name));
        let team = team.filter(|entry| entry.noun == Noun::Team).map(|entry| TeamId::new(entry.index));
        let members = team.zip(self.plan).map(|(team, plan)| inside(plan, team));
        let Some(table) = self.compilation.names.table(Noun::Holder) else { return };
        for entry in table.entries() {
            let holder = match entry.noun {
                Noun::Team => Holder::Team(TeamId::new(entry.index)),
                _ => Holder::Person(PersonId::new(entry.index)),
            };
            let member = members.as_ref().is_none_or(|members| members.contains(&holder));
            if member && !body.first.contains(&entry.name.as_str()) && can_be_named(&entry.name) {
                self.entry(entry, Some(" ${1:20}%"));
            }
        }
    }

    /// What may follow in such a line.
    pub(super) fn entry_rest(&mut self, block: Block, pieces: &[Piece<'c>]) {
        match block {
            Block::Team | Block::Person => self.limit(pieces),
            Block::History => match pieces {
                [Piece::Date(_), Piece::Number] => {
                    self.unit_of_head();
                    self.word("of");
                }
                [Piece::Date(_), .., Piece::Number] => self.unit_of_head(),
                _ => {}
            },
            Block::Actual => match pieces {
                [Piece::Date(_)] => self.names(Noun::Holder),
                [Piece::Date(_), .., Piece::Number] => self.unit_of_head(),
                _ => {}
            },
            Block::Funnel => self.funnel_line(pieces),
            Block::Accounts if pieces.last() == Some(&Piece::Number) => self.unit_of_head(),
            Block::Scenario => self.scenario_line(pieces),
            Block::Weights | Block::Periods if pieces.last() == Some(&Piece::Number) => self.percent(),
            Block::Incentive => match pieces {
                [Piece::Word(_)] => self.phrase("->", "-> ${1:2} coins"),
                [.., Piece::Gives | Piece::Comma, Piece::Number] => self.words(&["coins", "points"]),
                _ => {}
            },
            _ => {}
        }
    }

    /// `visits at most 6 per day`, and a rate of one's own for a line of a funnel.
    fn limit(&mut self, pieces: &[Piece<'c>]) {
        match pieces {
            [Piece::Word(path)] if path.contains('.') => self.rates(),
            [Piece::Word(path), Piece::Number] if path.contains('.') => self.words(&["in", "of", "each"]),
            [Piece::Word(_)] => self.phrase("at most", "at most ${1:6} per ${2:day}"),
            [Piece::Word(_), Piece::Word("at")] => self.word("most"),
            [Piece::Word(metric), Piece::Word("at"), Piece::Word("most"), Piece::Number] => {
                let metric = self.metric(metric);
                self.unit(metric);
                self.word("per");
            }
            [.., Piece::Word("per")] => self.words(&super::statement::GRAINS),
            _ => {}
        }
    }

    /// `orders <- visits 1 in 20 lag 14 days for 60%`
    fn funnel_line(&mut self, pieces: &[Piece<'c>]) {
        // A name for the line may stand before it.
        let line = match pieces {
            [Piece::Word(_), Piece::Colon, line @ ..] => line,
            line => line,
        };
        let said = |word: &str| line.iter().skip(3).any(|piece| *piece == Piece::Word(word));
        match line {
            [] => self.names_as(Noun::Metric, |_| Some(" <- ${1:metric} ${2:1 in 20}".to_owned())),
            [Piece::Word(_)] => self.word("<-"),
            [Piece::Word(left), Piece::Needs] => {
                let left = *left;
                let Some(table) = self.compilation.names.table(Noun::Metric) else { return };
                for entry in table.entries().iter().filter(|entry| entry.name != left) {
                    self.entry(entry, None);
                }
            }
            [Piece::Word(left), Piece::Needs, Piece::Word(_)] => {
                if let Some(metric) = self.metric(left)
                    && let milepost::plan::MetricUnit::Money(currency) = &metric.unit
                {
                    let code = &currency.code;
                    self.value(&format!("40k {code} each"), &format!("${{1:40k}} {code} each"));
                }
                self.rates();
            }
            [.., Piece::Word("lag")] => self.value("14 days", "${1:14} ${2|days,workdays|}"),
            [.., Piece::Word("lag"), Piece::Number] => self.words(&["days", "workdays", "day", "workday"]),
            [.., Piece::Word("for")] => self.value("60%", "${1:60}%"),
            [Piece::Word(left), Piece::Needs, Piece::Word(_), Piece::Number] => {
                let metric = self.metric(left);
                self.unit(metric);
                self.words(&["in", "of", "each", "lag", "for"]);
            }
            [_, Piece::Needs, _, .., Piece::Word("in" | "of") | Piece::Dots] => {}
            [_, Piece::Needs, _, _, ..] => {
                for word in ["each", "lag", "for"].into_iter().filter(|word| !said(word)) {
                    self.word(word);
                }
            }
            _ => {}
        }
    }

    /// `field-sales.orders 1 in 25`
    fn scenario_line(&mut self, pieces: &[Piece<'c>]) {
        if let [Piece::Word(path)] = pieces {
            let of_goal = path.split_once('.').is_some_and(|(objective, _)| {
                let objectives = self.compilation.names.table(Noun::Objective);
                objectives.is_some_and(|objectives| objectives.get(objective).is_some())
            });
            if of_goal { self.last_days() } else { self.rates() }
        }
        if let [Piece::Word(_), Piece::Number] = pieces {
            self.words(&["in", "of", "each"]);
        }
    }

    /// The unit of what the block around the cursor is `of`, `accounts book of revenue`; of actuals, of its metric.
    pub(super) fn unit_of_head(&mut self) {
        self.unit(self.metric_of_head());
    }

    pub(super) fn metric_of_head(&self) -> Option<&'c Metric> {
        let metric = self.open.iter().rev().find_map(|open| {
            let words = self.head_words(open);
            match open.block? {
                Block::Actual => words.get(1).copied(),
                Block::History | Block::Accounts | Block::Pipeline => {
                    let of = words.iter().skip(2).position(|word| *word == "of")?;
                    words.get(of + 3).copied()
                }
                _ => None,
            }
        });
        metric.and_then(|metric| self.metric(metric))
    }
}

/// The teams and people in a team, at any depth.
fn inside(plan: &Plan, team: TeamId) -> Vec<Holder> {
    let mut found: Vec<Holder> = Vec::new();
    let mut open = vec![team];
    while let Some(members) =
        open.pop().and_then(|team| plan.teams.get(team.index())).map(|team| &team.members)
    {
        for member in members {
            found.push(*member);
            if let Holder::Team(inner) = member {
                open.push(*inner);
            }
        }
    }
    found
}
