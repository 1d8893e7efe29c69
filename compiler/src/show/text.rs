//! A view as text for a terminal. No line takes more columns than there are.

use super::english;
use super::{KeyResultView, ObjectiveView, PipelineView, Rung, View};
use crate::page::{Line, Page, Role, Style, cut, width, wrap};

/// A remark of several lines needs so many columns to stand beside what it is about.
const BESIDE: usize = 14;

/// `view` as text.
#[must_use]
pub fn write(view: &View, style: Style) -> String {
    let mut page = Page::new(style);
    page.head(view);
    for objective in &view.objectives {
        page.objective(objective, view);
    }
    if view.objectives.is_empty() {
        page.blank();
        page.words(&english::nothing(view), 0, Role::Plain);
    }
    if !view.pipelines.is_empty() {
        page.pipelines(&view.pipelines);
    }
    page.text
}

impl Page {
    fn head(&mut self, view: &View) {
        match &view.person {
            Some((person, _)) => {
                self.title(person, 0);
                self.words(view.plan.text(), 0, Role::Plain);
            }
            None => self.title(&view.plan, 0),
        }
        self.parts(&english::about(view), 0);
        for (text, days) in &view.focus {
            self.words(&english::focus(text, *days), 0, Role::Plain);
        }
        if view.set.is_empty() {
            return;
        }
        self.blank();
        for set in &view.set {
            self.hanging(&set.text(), 0, Role::WhatIf);
        }
        for change in &view.changes {
            self.hanging(&english::change(change), 2, Role::Plain);
        }
        if view.changes.is_empty() {
            self.hanging(english::NO_CHANGE, 2, Role::Plain);
        }
    }

    fn objective(&mut self, objective: &ObjectiveView, view: &View) {
        self.blank();
        self.rule();
        self.title(&objective.label, 0);
        let owners = objective.owners.iter().map(|owner| owner.text().to_owned());
        let mut parts: Vec<String> = owners.collect();
        parts.extend(objective.goal_type.map(|kind| kind.word().to_owned()));
        parts.extend(objective.priority.map(|priority| format!("P{priority}")));
        parts.extend(objective.during.map(english::days));
        self.parts(&parts, 0);
        for key_result in &objective.key_results {
            self.key_result(key_result, view);
        }
    }

    fn key_result(&mut self, key_result: &KeyResultView, view: &View) {
        self.blank();
        self.title(&key_result.label, 2);
        let owners = key_result.owners.iter().map(|owner| owner.text().to_owned());
        let mut parts: Vec<String> = owners.collect();
        parts.extend(key_result.goal_type.map(|kind| kind.word().to_owned()));
        parts.extend(key_result.priority.map(|priority| format!("P{priority}")));
        // One's own amounts have no target above them that says by when.
        if view.person.is_some() {
            parts.push(english::when(key_result.window, view.period.first));
        }
        self.parts(&parts, 2);
        if key_result.rungs.is_empty() {
            self.words(english::NO_AMOUNTS, 2, Role::Quiet);
            return;
        }
        let indent = if self.style.width < 60 { 2 } else { 4 };
        self.ladder(&key_result.rungs, indent, view);
        for table in key_result.parts.iter().chain(&key_result.periods) {
            self.blank();
            self.grid(table, indent);
        }
    }

    fn pipelines(&mut self, pipelines: &[PipelineView]) {
        self.blank();
        self.rule();
        self.words(english::PIPELINE, 0, Role::Strong);
        let indent = if self.style.width < 60 { 2 } else { 4 };
        for view in pipelines {
            self.blank();
            for pipeline in &view.pipelines {
                self.title(pipeline, 2);
            }
            self.hanging(&english::against(&view.goals), 2, Role::Plain);
            if let Some(months) = &view.months {
                self.blank();
                self.grid(months, indent);
            }
        }
    }

    /// Amounts below each other, each with what it is and what else there is to say of it.
    fn ladder(&mut self, rungs: &[Rung], indent: usize, view: &View) {
        let amounts = rungs.iter().map(|rung| width(rung.amount())).max().unwrap_or(0);
        let room = self.style.width.saturating_sub(indent + amounts + 1);
        let names = self.style.width >= 60;
        let noun = |rung: &Rung| {
            let beside = rung.beside().filter(|_| names).map_or(0, |name| width(name) + 1);
            width(&rung.noun()) + beside
        };
        // What is longer than half of a line does not push the others to the right.
        let nouns = rungs.iter().map(noun).filter(|noun| *noun <= room / 2).max().unwrap_or(0);
        for (index, rung) in rungs.iter().enumerate() {
            let mut line = Line::indented(indent);
            let strong = if index == 0 { Role::Strong } else { Role::Plain };
            line.right(rung.amount(), amounts, strong);
            line.space(1);
            let text = cut(&rung.noun(), room);
            line.left(&text, width(&text), strong);
            let mut used = width(&text);
            if let Some(name) = rung.beside().filter(|name| names && used + 1 + width(name) <= room) {
                line.space(1);
                line.left(name, width(name), Role::Quiet);
                used += 1 + width(name);
            }
            let remark = rung.remark(view.period.first);
            let role = if matches!(rung, Rung::Own { .. }) { Role::Pace } else { Role::Quiet };
            // A remark stands beside, in lines below each other if need be, or below.
            let (column, first) = if used <= nouns && room >= nouns + 2 + BESIDE.min(width(&remark)) {
                line.space(nouns - used + 2);
                (nouns + 2, true)
            } else {
                (2, false)
            };
            let mut remark = wrap(&remark, room - column).into_iter();
            if let Some(text) = first.then(|| remark.next()).flatten() {
                line.left(&text, width(&text), role);
            }
            self.line(line);
            for text in remark.filter(|text| !text.is_empty()) {
                let mut line = Line::indented(indent + amounts + 1 + column);
                line.left(&text, width(&text), role);
                self.line(line);
            }
        }
    }
}
