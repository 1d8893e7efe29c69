//! Progress as a page for a terminal: what a team's review goes through, from the top.

mod tables;

use milepost_grammar::ast::GoalType;

use crate::dates::DateSpan;
use crate::exact::{AboveZero, Exact, ratio};
use crate::harmless::line;
use crate::page::{Label, Page, Role, Row, Rows, Style};
use crate::plan::{CheckIn, Holder, KeyResult, KeyResultId, Metric, Plan};
use crate::progress::{Colour, Coming, Holding, KeyResultProgress, Kind, Progress, Review, expected};

use super::english;

/// More people than this are not told of one by one; the json has them all.
const MOST_PEOPLE: usize = 40;

/// More who are behind are only counted.
const MOST_BEHIND: usize = 15;

/// More remarks are only counted.
const MOST_NOTES: usize = 8;

/// How far `plan` has come, as text.
#[must_use]
pub fn write(plan: &Plan, progress: &Progress, style: Style) -> String {
    let mut writer = Writer { plan, progress, page: Page::new(style) };
    writer.head();
    if let Some(review) = &progress.review {
        writer.scoreboard();
        writer.who_is_behind();
        writer.due(review);
        writer.said(review);
    }
    for objective in &progress.objectives {
        let goal = &plan[objective.id];
        let own: Vec<&KeyResultProgress> =
            progress.key_results.iter().filter(|known| plan[known.id].objective == objective.id).collect();
        if own.is_empty() && objective.score.is_none() && !objective.dropped {
            continue;
        }
        writer.page.blank();
        writer.page.rule();
        writer.page.title(&Label::new(&goal.name, goal.title.as_deref()), 0);
        if let Some(dropped) = goal.dropped.as_ref().filter(|_| objective.dropped) {
            let why = dropped.why.as_deref().map(line);
            writer.page.words(&english::dropped(dropped.on, why.as_deref()), 0, Role::Quiet);
        } else {
            writer.score(objective.score.as_ref(), goal.goal_type, 0);
        }
        if progress.review.is_none() {
            writer.latest(&goal.check_ins, 0);
        }
        for known in own {
            writer.key_result(known);
        }
    }
    writer.page.text
}

struct Writer<'a> {
    plan: &'a Plan,
    progress: &'a Progress,
    page: Page,
}

impl Writer<'_> {
    fn head(&mut self) {
        let plan = self.plan;
        self.page.title(&Label::new(&plan.name, plan.title.as_deref()), 0);
        if let Some(review) = &self.progress.review {
            let name = plan.period_name(review.days.first, review.grain);
            self.page.words(&english::review(review.grain, &name, review.days), 0, Role::Strong);
        }
        let as_of = self.progress.as_of;
        let count = |span: Option<DateSpan>| span.map_or(0, |span| plan[plan.calendar].count(span));
        let gone = count(DateSpan::new(plan.period.first, as_of.min(plan.period.last)));
        let left = count(Some(plan.period)).saturating_sub(gone);
        self.page.parts(&english::about(as_of, plan.period, (gone, left)), 0);
        if let Some(day) = self.progress.replanned {
            self.page.words(&english::replanned(day), 0, Role::WhatIf);
        }
        for set in &plan.overrides {
            self.page.hanging(&set.text(), 0, Role::WhatIf);
        }
    }

    /// Everybody who is behind, who is furthest behind first, with all that is missing of a goal on one line.
    fn who_is_behind(&mut self) {
        let plan = self.plan;
        let least = ratio(1, 20);
        let mut behind: Vec<Behind<'_>> = Vec::new();
        for known in self.progress.key_results.iter().filter(|known| !known.dropped) {
            for holder in known.holders.iter().filter(|holder| holder.has_part) {
                let Some(days) = holder.behind.as_ref().filter(|days| **days >= least) else { continue };
                let short = &holder.planned - holder.done.clone().unwrap_or(Exact::ZERO);
                let short = if short.is_above_zero() { short } else { -short };
                let missing = (&plan[holder.metric], days, short);
                let own = match behind.iter_mut().find(|behind| behind.who == holder.who) {
                    Some(own) => own,
                    None => {
                        behind.push(Behind { who: holder.who, goals: Vec::new() });
                        let Some(own) = behind.last_mut() else { continue };
                        own
                    }
                };
                match own.goals.last_mut().filter(|(goal, _)| *goal == known.id) {
                    Some((_, all)) => all.push(missing),
                    None => own.goals.push((known.id, vec![missing])),
                }
            }
        }
        // What goals are about counts before the work that leads to them.
        let most = |behind: &Behind<'_>| {
            let first = behind.goals.iter().filter_map(|(_, missing)| missing.first());
            first.map(|(_, days, _)| (*days).clone()).max()
        };
        behind.sort_by_cached_key(|behind| std::cmp::Reverse(most(behind)));
        self.page.blank();
        self.page.words(english::BEHIND, 0, Role::Strong);
        if behind.is_empty() {
            self.page.words(english::NOBODY_BEHIND, 2, Role::Plain);
        }
        for Behind { who, goals } in behind.iter().take(MOST_BEHIND) {
            let who = self.who(*who);
            let goals = goals.iter().map(|(goal, missing)| {
                let goal = &plan[*goal];
                let title = goal.title.as_deref().unwrap_or(&goal.name);
                format!("{title}: {}", english::short(missing))
            });
            let text = format!("{} · {}", who.text(), goals.collect::<Vec<_>>().join(" · "));
            self.page.hanging(&line(&text), 2, Role::Plain);
        }
        if behind.len() > MOST_BEHIND {
            self.page.words(&english::more(behind.len() - MOST_BEHIND), 2, Role::Quiet);
        }
    }

    fn due(&mut self, review: &Review) {
        if review.due.is_empty() {
            return;
        }
        let plan = self.plan;
        self.page.blank();
        self.page.words(english::DUE, 0, Role::Strong);
        for due in &review.due {
            let metric = plan[due.key_result].measure.as_ref().map(|measure| &plan[measure.metric]);
            let what = match &due.what {
                Coming::Checkpoint { amount, title } => {
                    english::checkpoint(metric, amount, title.as_deref().map(line).as_deref())
                }
                Coming::Item { title, done } => {
                    let title = title.as_deref().map(line);
                    english::due_item(title.as_deref(), due.on, *done, self.progress.as_of)
                }
                Coming::Target => english::TARGET_DUE.to_owned(),
            };
            let goal = &plan[due.key_result];
            let title = goal.title.as_deref().unwrap_or(&goal.name);
            self.page.hanging(&line(&format!("{} {title}: {what}", due.on)), 2, Role::Plain);
        }
    }

    fn said(&mut self, review: &Review) {
        if !review.said.is_empty() {
            self.page.blank();
            self.page.words(english::SAID, 0, Role::Strong);
        }
        for said in &review.said {
            let goal = self.plan.path_of(said.goal);
            self.check_in(Some(&goal), &said.check_in, 2);
        }
        if !review.notes.is_empty() {
            self.page.blank();
            self.page.words(english::NOTES, 0, Role::Strong);
        }
        for note in review.notes.iter().take(MOST_NOTES) {
            let metric = &self.plan[note.metric];
            let who = note.who.map(|who| format!("{}, ", self.holder(who).text())).unwrap_or_default();
            let name = metric.title.as_deref().unwrap_or(&metric.name);
            let amount = english::amount(metric, &note.amount);
            let text = format!("{} {who}{name} {amount}: {}", note.on, note.text);
            self.page.hanging(&line(&text), 2, Role::Plain);
        }
        if review.notes.len() > MOST_NOTES {
            self.page.words(&english::more(review.notes.len() - MOST_NOTES), 2, Role::Quiet);
        }
        if !review.away.is_empty() {
            self.page.blank();
            self.page.words(english::AWAY, 0, Role::Strong);
        }
        for (person, days) in &review.away {
            let who = self.holder(Holder::Person(*person));
            let text = format!("{}: {} to {}", who.text(), days.first, days.last);
            self.page.hanging(&line(&text), 2, Role::Plain);
        }
    }

    /// The last check-in up to the day.
    fn latest(&mut self, check_ins: &[CheckIn], indent: usize) {
        if let Some(said) = self.progress.latest(check_ins) {
            self.check_in(None, said, indent);
        }
    }

    fn check_in(&mut self, goal: Option<&str>, said: &CheckIn, indent: usize) {
        let head = english::check_in(said);
        let head = goal.map_or_else(|| head.clone(), |goal| format!("{goal} {head}"));
        self.page.hanging(&head, indent, Role::Plain);
        let texts = [(english::GOOD, &said.good), (english::BAD, &said.bad), (english::NEXT, &said.next)];
        for (word, texts) in texts {
            for text in texts {
                self.page.hanging(&format!("{word}: {}", line(text)), indent + 2, Role::Plain);
            }
        }
    }

    /// A score in its colour, and what is expected.
    fn score(&mut self, score: Option<&Exact>, goal_type: Option<GoalType>, indent: usize) {
        let word = goal_type.unwrap_or(GoalType::Committed).word();
        let rest = english::expected(word, &expected(goal_type));
        let (text, role) = match score {
            Some(score) => (english::score(score), role(Colour::of(score))),
            None => (english::NO_SCORE.to_owned(), Role::Quiet),
        };
        self.page.marked(&text, role, &format!("· {rest}"), indent);
    }

    fn key_result(&mut self, known: &KeyResultProgress) {
        let goal = &self.plan[known.id];
        let indent = 2;
        self.page.blank();
        let title = goal.title.as_deref().unwrap_or(&goal.name);
        self.page.title(&Label::new(&self.plan.path(known.id), Some(title)), indent);
        if let Some(dropped) = goal.dropped.as_ref().filter(|_| known.dropped) {
            let why = dropped.why.as_deref().map(line);
            self.page.words(&english::dropped(dropped.on, why.as_deref()), indent, Role::Quiet);
            return;
        }
        self.score(known.score.as_ref(), goal.goal_type, indent);
        for facts in self.facts(known, goal) {
            self.page.parts(&facts, indent);
        }
        if matches!(known.kind, Kind::Checklist { .. }) {
            for item in &goal.reach {
                let done = item.done.filter(|done| *done <= self.progress.as_of);
                let title = item.title.as_deref().map(line);
                let text = english::item(title.as_deref(), item.by, done, self.progress.as_of);
                self.page.hanging(&text, indent + 2, Role::Plain);
            }
        }
        let indent = if self.page.style.width < 60 { 2 } else { 4 };
        let review = self.progress.review.as_ref();
        for metric in known.metrics.iter().map(|metric| metric.metric) {
            let table = match review {
                Some(review) => self.reviewed(known, review, metric),
                None => self.parts(known, metric),
            };
            if let Some(table) = table {
                self.page.blank();
                self.page.grid(&table, indent);
            }
        }
        if let Some(calls) = &known.calls {
            self.calls(known, calls, indent);
        }
        // What was said in the week or month stands above.
        let above = |said: &CheckIn| review.is_some_and(|review| said.on >= review.days.first);
        if let Some(said) = self.progress.latest(&goal.check_ins).filter(|said| !above(said)) {
            self.page.blank();
            self.check_in(None, said, indent);
        }
    }

    /// What there is to say of a key result as a whole, line by line.
    fn facts(&self, known: &KeyResultProgress, goal: &KeyResult) -> Vec<Vec<String>> {
        let metric = known.metric.map(|metric| &self.plan[metric]);
        let mut facts: Vec<Vec<String>> = Vec::new();
        match (&known.kind, metric) {
            (Kind::Flow | Kind::Level { .. }, Some(metric)) => {
                let Some(target) = &known.target else { return facts };
                let now = match &known.kind {
                    Kind::Level { from } => english::level(metric, known.done.as_ref(), from, target),
                    _ => english::done_of(metric, known.done.as_ref(), target),
                };
                let mut first = vec![now];
                first.extend(known.planned.as_ref().map(|planned| english::planned(metric, planned)));
                first.push(english::pace(known.pace.as_ref()));
                first.extend(known.behind.as_ref().and_then(english::behind));
                facts.push(first);
                let mut second = Vec::new();
                let last = goal.window.last;
                let open = self.progress.as_of < last;
                let forecast = known.forecast.as_ref().filter(|_| open);
                second.extend(forecast.map(|forecast| english::forecast(metric, forecast, last)));
                let heading = known.heading.as_ref().filter(|_| open);
                second.extend(heading.map(english::heads_for));
                if open || known.needed.is_none() {
                    let missing = target - known.done.clone().unwrap_or(Exact::ZERO);
                    second.push(english::needed(metric, known.needed.as_ref(), &missing, known.days_left));
                }
                facts.push(second);
            }
            (Kind::Hold { inside, readings }, Some(metric)) => {
                let hold = goal.hold.as_ref();
                let bounds =
                    (hold.and_then(|hold| hold.least.as_ref()), hold.and_then(|hold| hold.most.as_ref()));
                let counts = (*inside, *readings);
                facts.push(vec![english::held(metric, bounds, counts, known.done.as_ref())]);
            }
            (Kind::Checklist { done, due, items }, _) => {
                facts.push(vec![english::checklist(*done, *due, *items)]);
            }
            _ => facts.push(vec![english::NOTHING.to_owned()]),
        }
        // Before the end only what has been passed is worth a word.
        let over = self.progress.as_of >= goal.window.last;
        if let (Some(line), Some(passed)) = (&goal.threshold, known.passed.filter(|passed| *passed || over)) {
            facts.push(vec![english::threshold(line, passed)]);
        }
        facts
    }

    pub(super) fn row(&self, who: Holding) -> Row {
        let kind = if matches!(who, Holding::Team(_)) { Rows::Team } else { Rows::Holder };
        Row { label: self.who(who), depth: 0, kind }
    }

    pub(super) fn who(&self, who: Holding) -> Label {
        who.holder().map_or_else(|| Label::new("", None), |holder| self.holder(holder))
    }

    pub(super) fn holder(&self, holder: Holder) -> Label {
        let (name, title) = self.plan.holder(holder);
        Label::new(name, title)
    }
}

/// What somebody is behind with.
struct Behind<'a> {
    who: Holding,
    /// Of each goal and metric the days of work and the amount, in the order of the plan and the funnel.
    goals: Vec<(KeyResultId, Vec<Missing<'a>>)>,
}

/// Of a metric, the days of work and the amount.
type Missing<'a> = (&'a Metric, &'a Exact, Exact);

fn label(metric: &Metric) -> Label {
    Label::new(&metric.name, metric.title.as_deref())
}

const fn role(colour: Colour) -> Role {
    match colour {
        Colour::Red => Role::Red,
        Colour::Amber => Role::Amber,
        Colour::Green => Role::Green,
    }
}
