//! Which line a reading belongs to.

use super::super::apportion::apportion;
use super::super::counts::{Counted, Whose};
use super::super::course::Course;
use super::super::rational::{Q, ceil_to, floor_to, sum, zero};
use super::super::row::RowKind;
use super::Record;

/// What somebody, a team or nobody has read of one part, of new business.
struct Pool {
    whose: Whose,
    part: Option<usize>,
    amount: Q,
}

impl Record<'_> {
    /// Gives every reading of a metric to the line it belongs to.
    pub(super) fn settle(&mut self, metric: &str) {
        self.keep(metric);
        let mut pools: Vec<Pool> = Vec::new();
        for (place, read) in self.counted.iter().enumerate().filter(|(_, read)| read.metric == metric) {
            let (whose, part) = self.homes[place].clone();
            let amount = &read.amount - &self.kept[place];
            match pools.iter_mut().find(|pool| pool.whose == whose && pool.part == part) {
                Some(pool) => pool.amount += amount,
                None => pools.push(Pool { whose, part, amount }),
            }
        }
        // What was read of a line itself comes first: the others are dealt out by what
        // is left then.
        let mut shared = Vec::new();
        for pool in pools {
            match self.line(metric, RowKind::New, &pool.whose, pool.part) {
                Some(line) => self.own[line] += pool.amount,
                None => shared.push(pool),
            }
        }
        // Those of somebody before those of nobody, of each those with a part first; of those
        // teams and people in the order they are declared.
        shared.sort_by_key(|pool| {
            (pool.whose == Whose::Nobody, pool.part.is_none(), pool.whose.clone(), pool.part)
        });
        for pool in shared {
            self.deal(metric, &pool);
        }
    }

    /// Existing business takes of each reading what was planned by its day and had not
    /// come, and then, of the latest first, what came before it was planned.
    fn keep(&mut self, metric: &str) {
        for (line, course) in self.plot.courses.iter().enumerate() {
            if course.kind != RowKind::Existing || course.metric.name != metric {
                continue;
            }
            let here =
                |place: &usize| self.counted[*place].metric == metric && self.existing(*place) == Some(line);
            let mut mine: Vec<usize> = (0..self.counted.len()).filter(here).collect();
            // Of one day those of nobody and of the goal's own team come first.
            mine.sort_by_key(|place| (self.counted[*place].day, self.homes[*place].clone()));
            // Readings of a day are added: one of them stands for all.
            let mut days: Vec<(usize, Q)> = Vec::new();
            for place in mine {
                let (day, home) = (self.counted[place].day, &self.homes[place]);
                let same = |other: usize| self.counted[other].day == day && self.homes[other] == *home;
                match days.iter_mut().find(|(other, _)| same(*other)) {
                    Some((_, all)) => *all += &self.counted[place].amount,
                    None => days.push((place, self.counted[place].amount.clone())),
                }
            }
            let mut taken = zero();
            for (place, amount) in &days {
                // What is called off is called off what is new.
                let room = (course.planned(self.counted[*place].day) - &taken).max(zero());
                let part = amount.clone().min(room).max(zero());
                taken += &part;
                self.kept[*place] = part;
            }
            // Together no more than they reach.
            let reached = sum(days.iter().map(|(_, amount)| amount));
            let most = course.planned(self.day).min(reached);
            for (place, amount) in days.iter().rev() {
                let room = (&most - &taken).max(zero());
                let more = (amount - &self.kept[*place]).min(room).max(zero());
                taken += &more;
                self.kept[*place] += more;
            }
            self.own[line] = taken;
        }
    }

    /// The line of existing business that a reading is taken for first.
    pub(super) fn existing(&self, place: usize) -> Option<usize> {
        let read = &self.counted[place];
        let line = |whose: &Whose| self.line(&read.metric, RowKind::Existing, whose, None);
        // What nobody in particular keeps is of the team, and of the teams in it.
        let whose = if let Whose::Team(_) = read.whose { Whose::Nobody } else { read.whose.clone() };
        line(&whose).or_else(|| line(&self.homes[place].0))
    }

    /// In whose rows a reading stands: where it belongs to one line, in that one's, else
    /// where it was read.
    pub(super) fn home(&self, read: &Counted) -> (Whose, Option<usize>) {
        let whose = self.same(&read.whose);
        if self.line(&read.metric, RowKind::New, &whose, read.part).is_none()
            && let [line] = self.lines_of(&read.metric, &whose, read.part)[..]
        {
            let course = &self.plot.courses[line];
            return (course.person.map_or(Whose::Nobody, Whose::Person), course.part);
        }
        (whose, read.part)
    }

    /// Lines of new business that something belongs to which is read elsewhere.
    fn lines_of(&self, metric: &str, whose: &Whose, part: Option<usize>) -> Vec<usize> {
        let as_one = self.plot.seats.is_empty();
        let mine = |course: &Course<'_>| match (whose, course.person) {
            (Whose::Nobody, _) => true,
            // Who has no line among those who share takes nothing off others.
            (Whose::Person(one), Some(person)) => *one == person,
            (Whose::Team(team), Some(person)) => self.goal.people[person].belongs_to(&self.team_name(*team)),
            (_, None) => as_one,
        };
        let new = |line: &usize| {
            let course = &self.plot.courses[*line];
            course.metric.name == metric
                && course.kind == RowKind::New
                && course.total() != zero()
                && (part.is_none() || course.part == part)
        };
        let all: Vec<usize> = (0..self.plot.courses.len()).filter(new).collect();
        let of_them: Vec<usize> =
            all.iter().copied().filter(|line| mine(&self.plot.courses[*line])).collect();
        // What a team reads in which nobody has a line is of all.
        if let (Whose::Team(_), true) = (whose, of_them.is_empty()) { all } else { of_them }
    }

    /// Takes what belongs to several lines off what is left of them, in whole steps and
    /// in proportion to that; what is called off on balance is asked for again, in
    /// proportion to what each has in all.
    fn deal(&mut self, metric: &str, pool: &Pool) {
        let lines = self.lines_of(metric, &pool.whose, pool.part);
        let Some(first) = lines.first() else { return };
        let step = &self.plot.courses[*first].step;
        let back = pool.amount < zero();
        let weigh = |line: &usize| {
            let total = self.plot.courses[*line].total();
            let left = (&total - &self.own[*line] - &self.elsewhere[*line]).max(zero());
            if back { total } else { left }
        };
        let weights: Vec<Q> = lines.iter().map(weigh).collect();
        let all = sum(&weights);
        if all == zero() {
            return;
        }
        // Less than a step comes off nobody; where all is reached, nothing is left over.
        let most = sum(&weights.iter().map(|left| ceil_to(left, step)).collect::<Vec<_>>());
        let amount = floor_to(&pool.amount, step);
        let steps = (if back { -amount } else { amount.min(most) }) / step;
        let parts = apportion(&steps, &weights).expect("something is left");
        for (line, part) in lines.into_iter().zip(parts) {
            let part = part * step;
            self.elsewhere[line] += if back { -part } else { part };
        }
    }
}
