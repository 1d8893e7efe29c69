//! How far one key result has come.

use dashu_base::Signed;
use dashu_int::IBig;
use milepost_grammar::ast::Better;

use crate::exact::{AboveZero, Exact, sum, whole};
use crate::expand::Line;
use crate::ledger::Who;
use crate::plan::{KeyResultId, MetricId, Target};

use super::calls::{Calls, calls};
use super::meter::{Held, Holding, Meter, Subject};
use super::score::{clamped, of_flow, of_level};
use super::way::Way;

/// How far a key result has come.
#[derive(Clone, Debug)]
pub struct KeyResultProgress {
    /// Which one.
    pub id: KeyResultId,
    /// How it is measured.
    pub kind: Kind,
    /// What is measured or held.
    pub metric: Option<MetricId>,
    /// What is to be reached.
    pub target: Option<Exact>,
    /// What was reached; `None` where nobody has measured it.
    pub done: Option<Exact>,
    /// What was planned to be reached by then.
    pub planned: Option<Exact>,
    /// done ÷ planned; `None` where nothing was planned.
    pub pace: Option<Exact>,
    /// Working days that are left.
    pub days_left: usize,
    /// What each of them has to bring, in whole steps; `None` where none is left and something is missing.
    pub needed: Option<Exact>,
    /// What it comes to in the end if it goes on like this; `None` before anything was planned.
    pub forecast: Option<Exact>,
    /// Days of work that it is behind; below 0, ahead.
    pub behind: Option<Exact>,
    /// 0 to 1; `None` where it cannot be scored yet.
    pub score: Option<Exact>,
    /// What the score comes to if it goes on like this.
    pub heading: Option<Exact>,
    /// Whether the pass line is reached, where there is one.
    pub passed: Option<bool>,
    /// Whether it was given up by then.
    pub dropped: bool,
    /// Each metric of its funnel.
    pub metrics: Vec<MetricProgress>,
    /// Each holder's part of each metric.
    pub holders: Vec<HolderProgress>,
    /// What the people themselves expect.
    pub calls: Option<Calls>,
}

/// How a key result is measured.
#[derive(Clone, PartialEq, Debug)]
pub enum Kind {
    /// An amount that adds up.
    Flow,
    /// From one level to another.
    Level {
        /// Where it starts.
        from: Exact,
    },
    /// Readings inside bounds, of how many.
    Hold {
        /// Inside.
        inside: usize,
        /// All.
        readings: usize,
    },
    /// Items done, and due by then, of how many.
    Checklist {
        /// Done.
        done: usize,
        /// Due.
        due: usize,
        /// All.
        items: usize,
    },
    /// Nothing.
    Nothing,
}

/// How far a metric of a key result has come, all holders together.
#[derive(Clone, PartialEq, Debug)]
pub struct MetricProgress {
    /// Which one.
    pub metric: MetricId,
    /// Done.
    pub done: Option<Exact>,
    /// Planned by then.
    pub planned: Exact,
    /// Planned in all.
    pub total: Exact,
}

/// How far somebody's part has come.
#[derive(Clone, PartialEq, Debug)]
pub struct HolderProgress {
    /// Who.
    pub who: Holding,
    /// Of what.
    pub metric: MetricId,
    /// Whether some of it is theirs; else they have only read it.
    pub has_part: bool,
    /// What was reached; `None` where nobody has measured it.
    pub done: Option<Exact>,
    /// What was planned by then.
    pub planned: Exact,
    /// What is planned in all.
    pub total: Exact,
    /// done ÷ planned; `None` where nothing was planned.
    pub pace: Option<Exact>,
    /// Working days that are left.
    pub days_left: usize,
    /// What each of them has to bring, in whole steps.
    pub needed: Option<Exact>,
    /// What it comes to in the end if it goes on like this.
    pub forecast: Option<Exact>,
    /// Days of work that they are behind; below 0, ahead.
    pub behind: Option<Exact>,
}

impl<'a> Meter<'a> {
    pub(super) fn key_result(&self, subject: &Subject<'a>) -> KeyResultProgress {
        let goal = subject.goal;
        let mut progress = KeyResultProgress {
            id: subject.id,
            kind: Kind::Nothing,
            metric: None,
            target: None,
            done: None,
            planned: None,
            pace: None,
            days_left: self.days_left(
                self.person.map_or(subject.owner(), Holding::Person),
                goal.window,
                self.as_of,
            ),
            needed: None,
            forecast: None,
            behind: None,
            score: None,
            heading: None,
            passed: None,
            dropped: goal.dropped.as_ref().is_some_and(|dropped| dropped.by(self.as_of)),
            metrics: Vec::new(),
            holders: Vec::new(),
            calls: None,
        };
        let reached = if goal.measure.is_some() {
            self.measured(subject, &mut progress)
        } else if let Some(hold) = &goal.hold {
            self.held_within(subject, hold, &mut progress)
        } else if !goal.reach.is_empty() {
            Some(self.checklist(subject, &mut progress))
        } else {
            None
        };
        progress.score = reached.as_ref().map(clamped);
        progress.passed =
            goal.threshold.as_ref().zip(reached.as_ref()).map(|(line, reached)| reached >= line);
        progress
    }

    /// What is measured in amounts; how much of it is reached, before that is cut to 0–1.
    fn measured(&self, subject: &Subject<'a>, progress: &mut KeyResultProgress) -> Option<Exact> {
        let measure = subject.goal.measure.as_ref()?;
        subject.expanded?;
        let metric = measure.metric;
        let better = self.plan[metric].better;
        let held = subject.held(self.plan, self.person, self.as_of);
        progress.metric = Some(metric);
        progress.holders = held.iter().map(|held| self.holder(subject, held)).collect();
        let own: Vec<&Held<'a>> = held.iter().filter(|held| held.metric == metric).collect();
        let (from, to) = match &measure.target {
            Target::Level(from, to) => (from.clone(), to.clone()),
            _ => (whole(0), self.target(subject, &own)),
        };
        let level = matches!(measure.target, Target::Level(..));
        let planned = match level {
            true => self.planned_level(subject, metric, &from),
            false => self.of_whole(subject, &own, &to),
        };
        let who = self.person.map_or(Who::All, Who::Person);
        let mut done = subject.done(self.plan, metric, if level { Who::All } else { who }, self.as_of);
        if !level && self.plan[metric].is_latest() {
            done = self.mean(subject, &own, metric).or(done);
        }
        let owner = self.person.map_or(subject.owner(), Holding::Person);
        let way = Way {
            from: &from,
            to: &to,
            done: done.as_ref(),
            planned: &planned,
            days: self.presence(owner).count(subject.goal.window),
            left: progress.days_left,
            better,
            level,
        };
        progress.pace = way.pace();
        progress.forecast = way.forecast();
        progress.needed = way.needed().map(|needed| self.in_steps(metric, &needed));
        progress.behind = way.behind();
        progress.kind = if level { Kind::Level { from: from.clone() } } else { Kind::Flow };
        let reached = match level {
            true => of_level(done.as_ref(), &from, &to, better),
            false => of_flow(&done.clone().unwrap_or(Exact::ZERO), &to, better),
        };
        progress.heading = progress.forecast.as_ref().map(|forecast| {
            clamped(&match level {
                true => of_level(Some(forecast), &from, &to, better),
                false => of_flow(forecast, &to, better),
            })
        });
        for stage_metric in subject.metrics() {
            let of_stage: Vec<&Held<'a>> = held.iter().filter(|held| held.metric == stage_metric).collect();
            let total = self.together(stage_metric, &of_stage, |held| self.in_all(stage_metric, &held.lines));
            let by_then =
                self.together(stage_metric, &of_stage, |held| self.by_then(stage_metric, &held.lines));
            progress.metrics.push(MetricProgress {
                metric: stage_metric,
                done: if stage_metric == metric {
                    done.clone()
                } else {
                    subject.done(self.plan, stage_metric, who, self.as_of)
                },
                planned: if stage_metric == metric { planned.clone() } else { by_then },
                total: if stage_metric == metric { to.clone() } else { total },
            });
        }
        if self.person.is_none() || !level {
            progress.calls =
                calls(self, subject, &progress.holders, &to, done.as_ref(), progress.forecast.as_ref());
        }
        progress.target = Some(to);
        progress.planned = Some(planned);
        progress.done = done;
        Some(reached)
    }

    /// Where a level was to be by then; before its time, where it starts.
    fn planned_level(&self, subject: &Subject<'a>, metric: MetricId, from: &Exact) -> Exact {
        match subject.level_line().filter(|_| self.as_of >= subject.goal.window.first) {
            Some(line) => self.by_then(metric, &[line]),
            None => from.clone(),
        }
    }

    /// What all of `held` come to; of what is not dealt out everybody has the same.
    fn together(&self, metric: MetricId, held: &[&Held<'a>], amount: impl Fn(&Held<'a>) -> Exact) -> Exact {
        let with_lines: Vec<Exact> =
            held.iter().filter(|held| !held.lines.is_empty()).map(|held| amount(held)).collect();
        let amount = sum(&with_lines);
        if self.plan[metric].unit.is_shared() || with_lines.len() < 2 {
            amount
        } else {
            amount / whole(i64::try_from(with_lines.len()).unwrap_or(i64::MAX))
        }
    }

    /// What is to be reached: the whole; of one person their part.
    fn target(&self, subject: &Subject<'a>, own: &[&Held<'a>]) -> Exact {
        let metric = own.first().map(|held| held.metric);
        match (self.person, subject.expanded.and_then(|expanded| expanded.totals.as_ref())) {
            (None, Some(totals)) => {
                let metric = subject.goal.measure.as_ref().map(|measure| measure.metric);
                metric.map_or(Exact::ZERO, |metric| self.plan[metric].step.amount(&totals.target))
            }
            _ => metric.map_or(Exact::ZERO, |metric| {
                self.together(metric, own, |held| self.in_all(metric, &held.lines))
            }),
        }
    }

    /// What was planned of the whole by then. People together are asked for more than that where they are
    /// over-assigned; the whole is then planned at their pace.
    fn of_whole(&self, subject: &Subject<'a>, own: &[&Held<'a>], target: &Exact) -> Exact {
        let Some(metric) = own.first().map(|held| held.metric) else { return Exact::ZERO };
        let planned = self.together(metric, own, |held| self.by_then(metric, &held.lines));
        let (Some(expanded), None) = (subject.expanded, self.person) else { return planned };
        if !self.plan[metric].unit.is_shared() {
            return planned;
        }
        let outcome = expanded.chains.iter().filter_map(|chain| chain.stages.first());
        let read = expanded.read.iter().filter(|read| read.metric == metric).map(|read| &read.line);
        let new: Vec<&Line> = outcome.flat_map(|stage| &stage.lines).collect();
        let existing: Vec<&Line> = expanded.existing.iter().collect();
        let step = &self.plan[metric].step;
        let all = |lines: &[&Line]| {
            step.amount(&lines.iter().fold(IBig::ZERO, |sum, line| sum + IBig::from(line.total())))
        };
        let (asked, left) = (all(&new), target - all(&existing));
        if !asked.is_above_zero() || !left.is_above_zero() || asked == left {
            return planned;
        }
        let new: Vec<&Line> = new.into_iter().chain(read).collect();
        self.by_then(metric, &existing) + self.by_then(metric, &new) * left / asked
    }

    /// Of percents that several people have to reach, what they have come to on the mean; if the latest reading is not
    /// one of a person, that reading.
    fn mean(&self, subject: &Subject<'a>, own: &[&Held<'a>], metric: MetricId) -> Option<Exact> {
        let days = subject.days(metric, self.as_of)?;
        let latest = |who| subject.ledger(self.plan).latest(metric, who, days).map(|(day, _)| day);
        if latest(Who::NoPerson) >= latest(Who::All) {
            return None;
        }
        let people =
            own.iter().filter(|held| matches!(held.who, Holding::Person(_)) && !held.lines.is_empty());
        let values: Vec<Exact> = people
            .filter_map(|held| {
                subject.done(self.plan, metric, subject.whose(self.plan, metric, held.who), self.as_of)
            })
            .collect();
        let count = i64::try_from(values.len()).ok().filter(|count| *count > 0)?;
        Some(sum(&values) / whole(count))
    }

    fn holder(&self, subject: &Subject<'a>, held: &Held<'a>) -> HolderProgress {
        let metric = held.metric;
        let mut planned = self.by_then(metric, &held.lines);
        let total = self.in_all(metric, &held.lines);
        let done = subject.done(self.plan, metric, subject.readings_of(self.plan, held), self.as_of);
        let window = held.window().unwrap_or(subject.goal.window);
        let level = match subject.goal.measure.as_ref().map(|measure| (&measure.target, measure.metric)) {
            Some((Target::Level(from, to), of)) if of == metric => Some((from, to)),
            _ => None,
        };
        let zero = whole(0);
        let has_part = !held.lines.is_empty();
        if let Some((from, _)) = level {
            planned = self.planned_level(subject, metric, from);
        }
        let way = Way {
            from: level.map_or(&zero, |(from, _)| from),
            to: level.map_or(&total, |(_, to)| to),
            done: done.as_ref(),
            planned: &planned,
            days: self.presence(held.who).count(window),
            left: self.days_left(held.who, window, self.as_of),
            better: self.plan[metric].better,
            level: level.is_some(),
        };
        HolderProgress {
            who: held.who,
            metric,
            has_part,
            pace: way.pace(),
            days_left: way.left,
            needed: way
                .needed()
                .filter(|_| has_part || level.is_some())
                .map(|needed| self.in_steps(metric, &needed)),
            forecast: way.forecast().filter(|_| has_part || level.is_some()),
            behind: way.behind(),
            done: done.clone(),
            planned: planned.clone(),
            total: level.map_or_else(|| total.clone(), |(_, to)| to.clone()),
        }
    }

    /// An amount a day in whole steps, away from zero: less would not do. What may still come of something that is
    /// better lower is rounded down: more would be too much.
    fn in_steps(&self, metric: MetricId, amount: &Exact) -> Exact {
        let declared = &self.plan[metric];
        let step = &declared.step;
        if declared.better == Better::Lower && declared.adds_up() {
            return step.amount(&step.floor(amount));
        }
        if amount.is_negative() {
            -step.amount(&step.ceil(&-amount))
        } else {
            step.amount(&step.ceil(amount))
        }
    }
}
