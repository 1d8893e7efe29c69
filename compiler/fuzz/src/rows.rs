//! What holds for the rows of every plan.

use milepost::dated::{DatedPlan, Kind, RowOptions, Subject, line_rows};
use milepost::expand::{Course, Line};
use milepost::plan::Plan;

/// More rows than these are not looked at: one input is to be done within a second.
pub const MOST_ROWS: usize = 400;

/// Every line comes to what it should, by rows that only add to it; all lines together are the plan's rows. Says
/// whether there are few enough rows for all that is made of them.
pub fn add_up(plan: &Plan, dated: &DatedPlan, options: &RowOptions) -> bool {
    let count = dated.rows(plan, options).take(MOST_ROWS + 1).count();
    if count > MOST_ROWS {
        return false;
    }
    let mut of_lines = 0;
    for key_result in &dated.key_results {
        let goal = key_result.key_result;
        for (order, chain) in (1..).zip(&key_result.chains) {
            for stage in &chain.stages {
                let what =
                    Subject { goal, metric: stage.link.metric, order, part: &chain.part, kind: Kind::New };
                of_lines += stage.lines.iter().map(|line| of_line(plan, options, line, what)).sum::<usize>();
            }
        }
        if let Some(stage) = key_result.stages().next() {
            let metric = stage.link.metric;
            let what = Subject { goal, metric, order: 0, part: "", kind: Kind::Existing };
            of_lines +=
                key_result.existing.iter().map(|line| of_line(plan, options, line, what)).sum::<usize>();
        }
    }
    if options.person.is_none() {
        assert_eq!(of_lines, count, "rows that no line brings, or lines whose rows are left out");
    }
    let mut before = None;
    for row in dated.rows(plan, options) {
        assert!(before.is_none_or(|before| before <= row.start), "rows go by their start");
        before = Some(row.start);
    }
    true
}

/// How many rows a line has.
fn of_line(plan: &Plan, options: &RowOptions, line: &Line, what: Subject<'_>) -> usize {
    let (mut sum, mut count, mut last) = (0, 0, None);
    let flows = !matches!(line.course, Course::Level(_));
    for row in line_rows(plan, options, line, what) {
        assert!(row.start <= row.end && last.is_none_or(|last| last < row.start), "rows of a line overlap");
        assert!(plan.period.contains(row.start) && plan.period.contains(row.end), "a row outside the plan");
        if flows {
            assert!(row.amount > 0, "a row of nothing, or less");
            sum += row.amount;
            assert_eq!(row.to_date, sum);
        } else {
            assert_eq!(row.to_date, row.amount);
        }
        last = Some(row.end);
        count += 1;
    }
    if flows {
        assert_eq!(sum, line.course.steps(), "rows that do not come to their line");
    }
    count
}
