//! Prints an abstract plan as a planner would type it: amounts with and without
//! scale letters, blocks on one line or several, declarations in any order.
//!
//! How it is typed must never change what it means, so the choices here have dice
//! of their own.

use chrono::{NaiveDate, Weekday};

use super::dice::Dice;
use super::model::{
    Accounts, Baseline, Better, Calendar, Change, Currency, Delay, Funnel, History, KeyResult, Kind, Loaded,
    Measure, Member, Method, Metric, Objective, Plan, Rate, Reach, Retain, Spread, Terms, Total, Unit,
};
use super::period::Period;
use super::rational::{Q, decimals, plain, whole};
use super::text_life;

/// The source of a plan; the same seed types it the same way.
pub(crate) fn text(plan: &Plan, seed: u64) -> String {
    let mut printer = Printer { dice: Dice::new(seed ^ 0x7465_7874), plan };
    let mut out = format!("# plan {seed}\n");
    for statement in printer.plan() {
        statement.print(&mut printer.dice, 0, &mut out);
    }
    out
}

/// A statement, with or without a block.
pub(crate) enum Statement {
    Fact(String),
    Block(String, Vec<Statement>),
}

impl Statement {
    fn one_line(&self) -> Option<String> {
        match self {
            Statement::Fact(fact) => Some(fact.clone()),
            Statement::Block(head, body) => {
                let mut facts = Vec::new();
                for statement in body {
                    match statement {
                        Statement::Fact(fact) => facts.push(fact.as_str()),
                        Statement::Block(..) => return None,
                    }
                }
                Some(format!("{head} {{ {} }}", facts.join("; ")))
            }
        }
    }

    fn print(&self, dice: &mut Dice, depth: usize, out: &mut String) {
        let indent = "  ".repeat(depth);
        match (self, self.one_line()) {
            (Statement::Fact(fact), _) => out.push_str(&format!("{indent}{fact}\n")),
            (Statement::Block(..), Some(line)) if line.len() < 100 && dice.chance(50) => {
                out.push_str(&format!("{indent}{line}\n"));
            }
            (Statement::Block(head, body), _) => {
                out.push_str(&format!("{indent}{head} {{\n"));
                for statement in body {
                    statement.print(dice, depth + 1, out);
                    if dice.chance(3) {
                        out.push_str(&format!("{indent}  # so it was agreed {{ in March }}\n"));
                    }
                }
                out.push_str(&format!("{indent}}}\n"));
            }
        }
    }
}

struct Printer<'a> {
    dice: Dice,
    plan: &'a Plan,
}

impl Printer<'_> {
    fn plan(&mut self) -> Vec<Statement> {
        let plan = self.plan;
        // Persons, metrics and objectives keep their order among themselves.
        let mut kinds: Vec<Vec<Statement>> = vec![
            std::iter::once(&plan.calendar)
                .chain(&plan.calendars)
                .map(|calendar| self.calendar(calendar))
                .collect(),
            plan.metrics.iter().map(|metric| self.metric(metric)).collect(),
            plan.members.iter().map(|member| self.member(member)).collect(),
            plan.histories.iter().map(|history| self.history(history)).collect(),
            plan.funnels.iter().map(|funnel| self.funnel(funnel)).collect(),
            plan.accounts.iter().map(|accounts| self.accounts(accounts)).collect(),
            plan.objectives.iter().map(|objective| self.objective(objective)).collect(),
            text_life::actuals(plan),
        ];
        let mut all = vec![self.head()];
        if self.dice.chance(70) {
            all.extend(kinds.into_iter().flatten());
            return all;
        }
        while kinds.iter().any(|kind| !kind.is_empty()) {
            let kind = self.dice.between(0, kinds.len() as i64 - 1) as usize;
            if !kinds[kind].is_empty() {
                all.push(kinds[kind].remove(0));
            }
        }
        all
    }

    fn head(&mut self) -> Statement {
        let plan = self.plan;
        let title = self.title();
        let mut facts = vec![
            Statement::Fact("edition 1".to_owned()),
            Statement::Fact(format!("period {}", plan.period.text())),
            Statement::Fact(format!("currency {}", plan.currency.code())),
            Statement::Fact(format!("calendar {}", plan.calendar.name)),
        ];
        if let Some(fiscal) = plan.fiscal {
            let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
            let starts = months[fiscal.starts as usize - 1];
            let named = match fiscal.named_by_start {
                true => " named by start",
                false if self.dice.chance(20) => " named by end",
                false => "",
            };
            facts.push(Statement::Fact(format!("fiscal year starts {starts}{named}")));
        }
        Statement::Block(format!("plan {}{title}", plan.name), facts)
    }

    fn calendar(&mut self, calendar: &Calendar) -> Statement {
        let mut facts = vec![Statement::Fact(format!("week {}", week(&calendar.week)))];
        for off in &calendar.off {
            let title = self.title();
            facts.push(Statement::Fact(format!("off {}{title}", stretch(off))));
        }
        for work in &calendar.work {
            let title = self.title();
            facts.push(Statement::Fact(format!("work {}{title}", stretch(work))));
        }
        Statement::Block(format!("calendar {}", calendar.name), facts)
    }

    fn metric(&mut self, metric: &Metric) -> Statement {
        if let Some(computed) = text_life::computed(metric) {
            return computed;
        }
        let unit = match metric.unit {
            Unit::Money => self.plan.currency.code(),
            Unit::Count => "count",
            Unit::Percent => "percent",
        };
        let kind = match metric.kind {
            Kind::Outcome => "outcome",
            Kind::Activity => "activity",
        };
        let mut facts = vec![format!("unit {unit}"), format!("kind {kind}")];
        match metric.better {
            Better::Lower => facts.push("better lower".to_owned()),
            Better::Higher if self.dice.chance(20) => facts.push("better higher".to_owned()),
            Better::Higher => {}
        }
        match metric.total {
            Total::Last => facts.push("total last".to_owned()),
            Total::Sum if self.dice.chance(20) => facts.push("total sum".to_owned()),
            Total::Sum => {}
        }
        if let Some(grain) = metric.grain {
            facts.push(format!("grain {}", grain.text()));
        }
        if let Some(step) = &metric.step {
            facts.push(format!("step {}", plain(step)));
        }
        let mut facts: Vec<Statement> = facts.into_iter().map(Statement::Fact).collect();
        if !metric.weekdays.is_empty() {
            let weekdays = metric.weekdays.iter().map(|(weekday, weight)| {
                Statement::Fact(format!("{} {}", weekday_name(*weekday), plain(weight)))
            });
            facts.push(Statement::Block("weekdays".to_owned(), weekdays.collect()));
        }
        let title = self.title();
        Statement::Block(format!("metric {}{title}", metric.name), facts)
    }

    fn member(&mut self, member: &Member) -> Statement {
        match member {
            Member::Team(team) => {
                let mut facts = self.terms(&team.terms, team.weight.as_ref());
                for member in &team.members {
                    let member = self.member(member);
                    facts.push(member);
                }
                let title = self.title();
                Statement::Block(format!("team {}{title}", team.name), facts)
            }
            Member::Person(person) => {
                let facts = self.terms(&person.terms, person.weight.as_ref());
                let title = self.title();
                let head = format!("person {}{title}", person.name);
                if facts.is_empty() { Statement::Fact(head) } else { Statement::Block(head, facts) }
            }
        }
    }

    fn terms(&mut self, terms: &Terms, weight: Option<&Q>) -> Vec<Statement> {
        let mut facts = Vec::new();
        if let Some(calendar) = &terms.calendar {
            facts.push(format!("calendar {calendar}"));
        }
        if let Some(role) = &terms.role {
            facts.push(format!("role {role}"));
        }
        if let Some(weight) = weight {
            facts.push(format!("weight {}", plain(weight)));
        }
        if let Some(from) = terms.from {
            facts.push(format!("from {from}"));
        }
        if let Some(until) = terms.until {
            facts.push(format!("until {until}"));
        }
        for away in &terms.away {
            facts.push(format!("away {}", stretch(away)));
        }
        if let Some(ramp) = &terms.ramp {
            let steps: Vec<String> = ramp.steps.iter().map(per_cent).collect();
            let after = if ramp.after_start { " after start" } else { "" };
            facts.push(format!("ramp {} by month{after}", steps.join(", ")));
        }
        for own in &terms.rates {
            let rate = self.rate(&own.rate);
            facts.push(format!("{}.{} {rate}", own.funnel, own.line));
        }
        for ceiling in &terms.ceilings {
            let most = plain(&ceiling.most);
            facts.push(format!("{} at most {most} per {}", ceiling.metric, ceiling.per.text()));
        }
        facts.into_iter().map(Statement::Fact).collect()
    }

    fn history(&mut self, history: &History) -> Statement {
        let unit = self.unit_of(&history.metric);
        let mut facts = Vec::new();
        for past in &history.months {
            let month = Period::Month(past.year, past.month).text();
            let amount = self.amount(&past.amount, unit);
            let planned = match &past.planned {
                Some(planned) => format!(" of {}", self.amount(planned, unit)),
                None => String::new(),
            };
            facts.push(Statement::Fact(format!("{month} {amount}{planned}")));
        }
        Statement::Block(format!("history {} of {}", history.name, history.metric), facts)
    }

    fn funnel(&mut self, funnel: &Funnel) -> Statement {
        let mut facts = Vec::new();
        for line in &funnel.lines {
            let lag = match line.lag {
                None => String::new(),
                Some(Delay::Days(1)) => " lag 1 day".to_owned(),
                Some(Delay::Days(days)) if days % 7 == 0 && self.dice.chance(30) => {
                    format!(" lag {} weeks", days / 7).replace(" 1 weeks", " 1 week")
                }
                Some(Delay::Days(days)) => format!(" lag {days} days"),
                Some(Delay::Workdays(1)) => " lag 1 workday".to_owned(),
                Some(Delay::Workdays(days)) => format!(" lag {days} workdays"),
            };
            let part = line.part.as_ref().map_or_else(String::new, |p| format!(" for {}", per_cent(p)));
            let name = line.name.as_ref().map_or_else(String::new, |name| format!("{name}: "));
            let rate = self.rate(&line.rate);
            let (left, right) = (&line.left, &line.right);
            facts.push(Statement::Fact(format!("{name}{left} <- {right} {rate}{part}{lag}")));
        }
        let title = self.title();
        Statement::Block(format!("funnel {}{title}", funnel.name), facts)
    }

    fn rate(&mut self, rate: &Rate) -> String {
        match rate {
            Rate::Each(amount) => format!("{} each", self.money(amount, true)),
            Rate::Share(p) => per_cent(p),
            Rate::ShareRange(low, high) => format!("{}..{}", per_cent(low), per_cent(high)),
            Rate::OneIn(n) => format!("1 in {}", plain(n)),
            Rate::OneInRange(low, high) => format!("1 in {}..{}", plain(low), plain(high)),
            Rate::Evidence(hits, tries) => format!("{hits} of {tries}"),
        }
    }

    fn accounts(&mut self, accounts: &Accounts) -> Statement {
        let unit = self.unit_of(&accounts.metric);
        let mut facts = Vec::new();
        if let Some(retain) = &accounts.retain {
            facts.push(Statement::Fact(keeps(retain)));
        }
        for account in &accounts.accounts {
            let head = format!("\"{}\" {}", account.title, self.amount(&account.amount, unit));
            let mut inner = Vec::new();
            if let Some(retain) = &account.retain {
                inner.push(Statement::Fact(keeps(retain)));
            }
            if let Some(owner) = &account.owner {
                inner.push(Statement::Fact(format!("owner {owner}")));
            }
            if let Some(renews) = account.renews {
                inner.push(Statement::Fact(format!("renews {renews}")));
            }
            facts.push(if inner.is_empty() { Statement::Fact(head) } else { Statement::Block(head, inner) });
        }
        Statement::Block(format!("accounts {} of {}", accounts.name, accounts.metric), facts)
    }

    fn objective(&mut self, objective: &Objective) -> Statement {
        let mut facts = Vec::new();
        if let Some(owner) = &objective.owner {
            facts.push(Statement::Fact(format!("owner {owner}")));
        }
        if let Some(during) = &objective.during {
            facts.push(Statement::Fact(format!("during {}", during.text())));
        }
        facts.extend(text_life::said(&objective.said));
        for key_result in &objective.key_results {
            let key_result = self.key_result(key_result);
            facts.push(key_result);
        }
        let title = self.title();
        Statement::Block(format!("objective {}{title}", objective.name), facts)
    }

    fn key_result(&mut self, goal: &KeyResult) -> Statement {
        let unit = self.unit_of(&goal.metric);
        let mut facts = Vec::new();
        if let Some(owner) = &goal.owner {
            facts.push(Statement::Fact(format!("owner {owner}")));
        }
        if let Some(during) = &goal.during {
            facts.push(Statement::Fact(format!("during {}", during.text())));
        }
        let measure = match &goal.measure {
            Measure::Amount(amount) => self.of_unit(amount, unit),
            Measure::Rate(amount, per) => format!("{} per {}", self.of_unit(amount, unit), per.text()),
            Measure::Level { from, to } => {
                format!("from {} to {}", self.of_unit(from, unit), self.of_unit(to, unit))
            }
            Measure::Relative(change) => self.change(change, unit),
            Measure::Hold { .. } | Measure::Reach(_) => String::new(),
        };
        let by = match &goal.by {
            Some(by) => format!(" by {}", by.text()),
            None => String::new(),
        };
        if measure.is_empty() {
            facts.extend(text_life::kept(&goal.metric, &goal.measure, unit, &by));
        } else {
            facts.push(Statement::Fact(format!("measure {} {measure}{by}", goal.metric)));
        }
        facts.extend(text_life::said(&goal.said));
        match &goal.baseline {
            None => {}
            Some(Baseline::Amount(amount)) => {
                facts.push(Statement::Fact(format!("baseline {}", self.of_unit(amount, unit))));
            }
            Some(Baseline::History(name)) => facts.push(Statement::Fact(format!("baseline {name}"))),
        }
        for checkpoint in &goal.checkpoints {
            let reach = match &checkpoint.reach {
                Reach::Amount(amount) => self.of_unit(amount, unit),
                Reach::OfTarget(p) => format!("{} of target", per_cent(p)),
            };
            let title = self.title();
            let by = checkpoint.by.text();
            facts.push(Statement::Fact(format!("checkpoint {reach} by {by}{title}")));
        }
        if let Some(existing) = &goal.existing {
            facts.push(Statement::Fact(format!("existing {existing}")));
        }
        if let Some(through) = &goal.through {
            facts.push(Statement::Fact(format!("through {through}")));
        }
        if let Some(split) = &goal.split {
            let part = |(name, weight): &(String, Q)| {
                let weight = if split.in_percent { per_cent(weight) } else { plain(weight) };
                Statement::Fact(format!("{name} {weight}"))
            };
            let parts = split.parts.iter().map(part).collect();
            facts.push(Statement::Block(format!("split {}", split.dimension), parts));
        }
        if let Some(share) = &goal.share {
            let role = share.role.as_ref().map_or_else(String::new, |role| format!(" role {role}"));
            let names = format!("{}{role}", share.names.join(", "));
            facts.push(match &share.method {
                Method::Evenly => Statement::Fact(format!("share {names} evenly")),
                Method::ByWeight => Statement::Fact(format!("share {names} by weight")),
                Method::ByCapacity => Statement::Fact(format!("share {names} by capacity")),
                Method::Each { by_capacity: false } => Statement::Fact(format!("share {names} each")),
                Method::Each { by_capacity: true } => {
                    Statement::Fact(format!("share {names} each by capacity"))
                }
                Method::List(list) => Statement::Block(
                    format!("share {names}"),
                    list.iter().map(|(name, p)| Statement::Fact(format!("{name} {}", per_cent(p)))).collect(),
                ),
            });
        }
        for (name, amount) in &goal.pins {
            facts.push(Statement::Fact(format!("pin {name} {}", self.of_unit(amount, unit))));
        }
        if let Some(p) = &goal.over_assign {
            facts.push(Statement::Fact(format!("over-assign {}", per_cent(p))));
        }
        for (name, p) in &goal.over_assign_one {
            facts.push(Statement::Fact(format!("over-assign {name} {}", per_cent(p))));
        }
        match &goal.spread {
            None => {}
            Some(Spread::Evenly) => facts.push(Statement::Fact("spread evenly".to_owned())),
            Some(Spread::Like { history, per_workday }) => {
                let per_workday = if *per_workday { " per workday" } else { "" };
                facts.push(Statement::Fact(format!("spread like {history}{per_workday}")));
            }
            Some(Spread::Periods(periods)) => facts.push(Statement::Block(
                "spread".to_owned(),
                periods
                    .iter()
                    .map(|(period, p)| Statement::Fact(format!("{} {}", period.text(), per_cent(p))))
                    .collect(),
            )),
        }
        match &goal.loaded {
            None => {}
            Some(Loaded::Front(p)) => {
                facts.push(Statement::Fact(format!("front-loaded {}", per_cent(p))));
            }
            Some(Loaded::Back(p)) => {
                facts.push(Statement::Fact(format!("back-loaded {}", per_cent(p))));
            }
        }
        // One fact a statement, in any order.
        for place in (1..facts.len()).rev() {
            if self.dice.chance(15) {
                facts.swap(place, place - 1);
            }
        }
        let title = self.title();
        Statement::Block(format!("key-result {}{title}", goal.name), facts)
    }

    /// A change beside the baseline.
    fn change(&mut self, change: &Change, unit: Unit) -> String {
        let sign = |x: &Q| if *x < whole(0) { "-" } else { "+" };
        let size = |x: &Q| if *x < whole(0) { -x } else { x.clone() };
        match change {
            Change::Percent(p) => format!("{}{}", sign(p), per_cent(&size(p))),
            Change::Times(factor) => format!("x{}", plain(factor)),
            Change::Plus(points) if unit == Unit::Percent => {
                format!("{}{} pp", sign(points), plain(&size(points)))
            }
            Change::Plus(amount) => {
                let number = self.scaled(&size(amount));
                // A sign before a currency's sign would be two signs.
                let currency = if unit == Unit::Money && self.dice.chance(70) {
                    format!(" {}", self.plan.currency.code())
                } else {
                    String::new()
                };
                format!("{}{number}{currency}", sign(amount))
            }
        }
    }

    fn unit_of(&self, metric: &str) -> Unit {
        let found = self.plan.metrics.iter().find(|known| known.name == metric);
        found.map_or(Unit::Count, |metric| metric.unit)
    }

    /// An amount with its unit, where the unit is a currency or percent.
    fn of_unit(&mut self, amount: &Q, unit: Unit) -> String {
        match unit {
            Unit::Money => self.money(amount, true),
            Unit::Count => self.scaled(amount),
            Unit::Percent => per_cent(amount),
        }
    }

    /// An amount in a table whose metric says the unit.
    fn amount(&mut self, amount: &Q, unit: Unit) -> String {
        match unit {
            Unit::Money => {
                let named = self.dice.chance(15);
                self.money(amount, named)
            }
            Unit::Count => self.scaled(amount),
            Unit::Percent => per_cent(amount),
        }
    }

    fn money(&mut self, amount: &Q, named: bool) -> String {
        let number = self.scaled(amount);
        let currency = self.plan.currency;
        if !named {
            return number;
        }
        match currency {
            Currency::Cny | Currency::Jpy if self.dice.chance(20) => format!("¥{number}"),
            // After a scale letter of the alphabet no other letter may stand.
            Currency::Cny
                if !number.ends_with(|end: char| end.is_ascii_alphabetic()) && self.dice.chance(30) =>
            {
                format!("{number}元")
            }
            _ => format!("{number} {}", currency.code()),
        }
    }

    /// A number, perhaps with a scale where it then takes few digits, or with
    /// its thousands set apart.
    fn scaled(&mut self, amount: &Q) -> String {
        let scales = [("k", 1_000), ("K", 1_000), ("M", 1_000_000), ("万", 10_000), ("亿", 100_000_000)];
        if self.dice.chance(50) {
            let (letter, scale) = *self.dice.pick(&scales);
            let scaled = amount / whole(scale);
            if amount >= &whole(1000) && decimals(&scaled).is_some_and(|places| places <= 3) {
                return format!("{}{letter}", plain(&scaled));
            }
        }
        let number = plain(amount);
        if !self.dice.chance(20) {
            return number;
        }
        let (before, after) = match number.split_once('.') {
            Some((before, after)) => (before.to_owned(), format!(".{after}")),
            None => (number.clone(), String::new()),
        };
        let mut grouped = String::new();
        for (place, digit) in before.chars().enumerate() {
            if place > 0 && (before.len() - place) % 3 == 0 {
                grouped.push('_');
            }
            grouped.push(digit);
        }
        format!("{grouped}{after}")
    }

    fn title(&mut self) -> String {
        let titles = ["North region", "北方大区", "say \\\"yes\\\"", "a; b { c } # d", "100 %"];
        match self.dice.maybe(12, |dice| *dice.pick(&titles)) {
            Some(title) => format!(" \"{title}\""),
            None => String::new(),
        }
    }
}

pub(crate) fn per_cent(p: &Q) -> String {
    format!("{}%", plain(p))
}

fn keeps(retain: &Retain) -> String {
    match retain {
        Retain::Point(p) => format!("retain {}", per_cent(p)),
        Retain::Range(low, high) => format!("retain {}..{}", per_cent(low), per_cent(high)),
    }
}

fn stretch((first, last): &(NaiveDate, NaiveDate)) -> String {
    if first == last { first.to_string() } else { Period::range(*first, *last).text() }
}

fn weekday_name(weekday: Weekday) -> String {
    weekday.to_string().to_lowercase()
}

/// As a range from the first to the last, which may lie over the end of a week.
fn week(days: &[Weekday]) -> String {
    match (days.first(), days.last()) {
        (Some(first), Some(last)) => format!("{}..{}", weekday_name(*first), weekday_name(*last)),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::generate;
    use super::super::rational::{ratio, zero};
    use super::*;

    fn read(text: &str) -> Q {
        let scales = [('k', 1_000), ('K', 1_000), ('M', 1_000_000), ('万', 10_000), ('亿', 100_000_000)];
        let text = text.replace('_', "");
        let scale = scales.iter().find(|(letter, _)| text.ends_with(*letter));
        let digits = text.trim_end_matches(|end: char| !end.is_ascii_digit());
        let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
        let places = 10_i64.pow(u32::try_from(after.len()).unwrap());
        let number: i64 = format!("{before}{after}").parse().unwrap();
        ratio(number, places) * whole(scale.map_or(1, |(_, scale)| *scale))
    }

    #[test]
    fn an_amount_is_worth_the_same_however_it_is_typed() {
        let plan = generate::plan(0);
        let mut printer = Printer { dice: Dice::new(1), plan: &plan };
        for n in 0..3000 {
            let amount = ratio(n * n * 7, 1000) + if n % 3 == 0 { whole(40_000 * n) } else { zero() };
            let typed = printer.scaled(&amount);
            assert_eq!(read(&typed), amount, "{typed}");
        }
    }
}
