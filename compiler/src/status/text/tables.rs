//! The tables of the page: goals, who has come how far, what people expect.

use crate::exact::{Exact, digits};
use crate::harmless::line;
use crate::page::{Column, Head, Label, Role, Row, Rows, Table};
use crate::plan::{Metric, MetricId};
use crate::progress::{CallTotal, Calls, HolderProgress, Holding, KeyResultProgress, Review, ReviewLine};

use super::{MOST_PEOPLE, Writer, english, label};

impl Writer<'_> {
    /// All goals, a line each.
    pub(super) fn scoreboard(&mut self) {
        let plan = self.plan;
        let shown: Vec<&KeyResultProgress> =
            self.progress.key_results.iter().filter(|known| !known.dropped).collect();
        let column = |head, cell: &dyn Fn(&KeyResultProgress) -> Option<String>| Column {
            head: Head::Word(head),
            cells: shown.iter().map(|known| cell(known)).collect(),
        };
        let of = |known: &KeyResultProgress, amount: Option<&Exact>| {
            let metric = known.metric.map(|metric| &plan[metric]);
            Some(match metric {
                Some(metric) => english::number(metric, amount?),
                None => english::days_of_work(amount?),
            })
        };
        let columns = vec![
            column(english::SCORE, &|known| Some(english::score(known.score.as_ref()?))),
            column(english::DONE, &|known| of(known, known.done.as_ref())),
            column(english::OF_PLANNED, &|known| of(known, known.planned.as_ref())),
            column(english::TARGET, &|known| of(known, known.target.as_ref())),
            column(english::DAYS_BEHIND, &|known| known.behind.as_ref().map(english::days_of_work)),
        ];
        let row = |known: &&KeyResultProgress| {
            let goal = &plan[known.id];
            let title = goal.title.as_deref().unwrap_or(&goal.name);
            Row { label: Label::new(title, None), depth: 0, kind: Rows::Holder }
        };
        let rows = shown.iter().map(row).collect();
        self.page.blank();
        let of = Some(Label::new(english::GOALS, None));
        self.page.grid(&Table { of, by: None, rows, left_out: 0, columns }, 0);
    }

    /// Who has come how far with one metric.
    pub(super) fn parts(&self, known: &KeyResultProgress, id: MetricId) -> Option<Table> {
        let metric = &self.plan[id];
        let shown = |part: &&HolderProgress| part.metric == id && !is_idle(part, metric);
        let parts: Vec<&HolderProgress> = known.holders.iter().filter(shown).collect();
        // A goal that one holds alone has been told of.
        if parts.len() < 2 && known.metric == Some(id) || parts.len() > MOST_PEOPLE {
            return None;
        }
        let column = |head, cell: &dyn Fn(&HolderProgress) -> Option<String>| Column {
            head: Head::Word(head),
            cells: parts.iter().map(|part| cell(part)).collect(),
        };
        let number = |amount: &Exact| english::number(metric, amount);
        let columns = vec![
            column(english::DONE, &|part| part.done.as_ref().map(number)),
            column(english::OF_PLANNED, &|part| Some(number(&part.planned))),
            column(english::TOTAL, &|part| Some(number(&part.total))),
            column(english::PACE, &|part| part.pace.as_ref().map(|pace| digits(pace, 2))),
            column(english::NEEDED, &|part| {
                part.needed.as_ref().map(|needed| english::difference(metric, needed))
            }),
            column(english::DAYS_BEHIND, &|part| part.behind.as_ref().map(english::days_of_work)),
        ];
        let mut rows: Vec<Row> = parts.iter().map(|part| self.row(part.who)).collect();
        let mut columns = columns;
        if let Some(all) = known.metrics.iter().find(|all| all.metric == id).filter(|_| is_shared(known, id))
        {
            let own = known.metric == Some(id);
            let days = known.behind.as_ref().filter(|_| own).map(english::days_of_work);
            let cells = [
                all.done.as_ref().map(number),
                Some(number(&all.planned)),
                Some(number(&all.total)),
                known.pace.as_ref().filter(|_| own).map(|pace| digits(pace, 2)),
                known.needed.as_ref().filter(|_| own).map(|needed| english::difference(metric, needed)),
                days,
            ];
            together(&mut rows, &mut columns, cells);
        }
        Some(Table { of: Some(label(metric)), by: None, rows, left_out: 0, columns })
    }

    /// Who did what of one metric in the week or month.
    pub(super) fn reviewed(&self, known: &KeyResultProgress, review: &Review, id: MetricId) -> Option<Table> {
        let metric = &self.plan[id];
        let part =
            |line: &ReviewLine| known.holders.iter().find(|part| part.metric == id && part.who == line.who);
        let shown = |line: &&ReviewLine| {
            let own = line.key_result == known.id && line.metric == id;
            own && part(line).is_some_and(|part| !is_idle(part, metric))
        };
        let lines: Vec<&ReviewLine> = review.lines.iter().filter(shown).collect();
        if lines.is_empty() || lines.len() > MOST_PEOPLE {
            return None;
        }
        let column = |head, cell: &dyn Fn(&ReviewLine) -> Option<String>| Column {
            head: Head::Word(head),
            cells: lines.iter().map(|line| cell(line)).collect(),
        };
        let number = |amount: &Exact| english::number(metric, amount);
        let (planned, done, next) = english::period_heads(review.grain);
        let columns = vec![
            column(planned, &|line| Some(number(&line.planned))),
            column(done, &|line| line.done.as_ref().map(number)),
            column(english::TO_DATE, &|line| part(line)?.done.as_ref().map(number)),
            column(english::OF_PLANNED, &|line| Some(number(&part(line)?.planned))),
            column(english::DAYS_BEHIND, &|line| part(line)?.behind.as_ref().map(english::days_of_work)),
            column(next, &|line| line.next.as_ref().map(number)),
            column(english::NEEDED, &|line| {
                part(line)?.needed.as_ref().map(|needed| english::difference(metric, needed))
            }),
        ];
        let mut rows: Vec<Row> = lines.iter().map(|line| self.row(line.who)).collect();
        let mut columns = columns;
        let adds_up = metric.adds_up();
        if let Some(all) =
            known.metrics.iter().find(|all| all.metric == id).filter(|_| is_shared(known, id) && adds_up)
        {
            let sum = |of: &dyn Fn(&ReviewLine) -> Option<Exact>| {
                number(
                    &lines.iter().filter_map(|line| of(line)).fold(Exact::ZERO, |sum, amount| sum + amount),
                )
            };
            let own = known.metric == Some(id);
            let cells = [
                Some(sum(&|line| Some(line.planned.clone()))),
                Some(sum(&|line| line.done.clone())),
                all.done.as_ref().map(number),
                Some(number(&all.planned)),
                known.behind.as_ref().filter(|_| own).map(english::days_of_work),
                review.next.map(|_| sum(&|line| line.next.clone())),
                known.needed.as_ref().filter(|_| own).map(|needed| english::difference(metric, needed)),
            ];
            together(&mut rows, &mut columns, cells);
        }
        Some(Table { of: Some(label(metric)), by: None, rows, left_out: 0, columns })
    }

    /// What people expect beside what is asked of them, and how well they have called.
    pub(super) fn calls(&mut self, known: &KeyResultProgress, calls: &Calls, indent: usize) {
        let Some(metric) = known.metric.map(|metric| &self.plan[metric]) else { return };
        let mut totals: Vec<(Row, &CallTotal)> = Vec::new();
        for total in calls.people.iter().filter(|_| calls.people.len() <= MOST_PEOPLE) {
            let label = total.who.map_or_else(|| Label::new("", None), |who| self.holder(who));
            totals.push((Row { label, depth: 0, kind: Rows::Holder }, total));
        }
        for total in &calls.teams {
            let label = total.who.map_or_else(|| Label::new("", None), |who| self.holder(who));
            totals.push((Row { label, depth: 0, kind: Rows::Team }, total));
        }
        if calls.people.len() > 1 || calls.whole.own {
            let row = Row { label: Label::new("", None), depth: 0, kind: Rows::Together };
            totals.push((row, &calls.whole));
        }
        let number = |amount: &Exact| english::number(metric, amount);
        let column = |head, cell: fn(&CallTotal) -> Option<&Exact>| Column {
            head: Head::Word(head),
            cells: totals.iter().map(|(_, total)| cell(total).map(number)).collect(),
        };
        let columns = vec![
            column(english::SHARE, |total| Some(&total.share)),
            column(english::CALL, |total| total.call.as_ref()),
            column(english::GAP, |total| total.gap.as_ref()),
            column(english::COMMIT, |total| total.commit.as_ref()),
            column(english::BEST, |total| total.best.as_ref()),
        ];
        let books: Vec<String> = calls
            .book
            .iter()
            .map(|book| {
                let who = book.who.map(|who| self.holder(who).text().to_owned()).unwrap_or_default();
                let calls = book.calls.iter().filter_map(|call| {
                    let amount = call.expected()?;
                    let note =
                        call.note.as_deref().map(|note| format!(" ({})", line(note))).unwrap_or_default();
                    Some(format!("{} {}{note}", call.on.format("%m-%d"), number(amount)))
                });
                let calls = calls.collect::<Vec<_>>().join(", ");
                let against = book.against.as_ref().zip(book.bias.as_ref());
                let against = against.map(|(against, bias)| {
                    format!("; {}", english::bias(bias, &number(against), book.is_final))
                });
                format!("{who}: {calls}{}", against.unwrap_or_default())
            })
            .collect();
        let rows = totals.into_iter().map(|(row, _)| row).collect();
        let of = Some(Label::new(english::CALLS, None));
        self.page.blank();
        self.page.grid(&Table { of, by: None, rows, left_out: 0, columns }, indent);
        let (called, people) = calls.whole.called;
        if called < people {
            self.page.words(&english::called(called, people), indent, Role::Quiet);
        }
        for book in books {
            self.page.hanging(&book, indent, Role::Plain);
        }
    }
}

/// Whether people have parts of their own. Where the team holds it as one, its row has the readings of all.
fn is_shared(known: &KeyResultProgress, metric: MetricId) -> bool {
    let mut parts = known.holders.iter().filter(|part| part.metric == metric);
    parts.any(|part| matches!(part.who, Holding::Person(_)) && !part.total.is_zero())
}

/// Whether there is nothing to say of a part: nothing planned, and nothing done.
fn is_idle(part: &HolderProgress, metric: &Metric) -> bool {
    let nothing = part.done.as_ref().is_none_or(Exact::is_zero);
    part.total.is_zero() && part.planned.is_zero() && (nothing || !metric.adds_up())
}

/// Adds a row for all together.
fn together<const N: usize>(rows: &mut Vec<Row>, columns: &mut [Column], cells: [Option<String>; N]) {
    rows.push(Row { label: Label::new("", None), depth: 0, kind: Rows::Together });
    for (column, cell) in columns.iter_mut().zip(cells) {
        column.cells.push(cell);
    }
}
