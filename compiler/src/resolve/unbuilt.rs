//! Declarations whose meaning is not built yet. Their names, amounts and rates are checked all the same.

use milepost_grammar::ast::{
    self, ActionStatement, Declaration, IncentiveStatement, OccurStatement, Path, ReviewStatement,
};

use super::Resolver;
use super::declare::Declarations;
use super::not_built::Feature;
use crate::noun::Noun;

impl Resolver<'_> {
    pub(super) fn unbuilt(&mut self, declared: &Declarations<'_>) {
        for (at, declaration) in &declared.others {
            self.enter(*at);
            match declaration {
                Declaration::Action(tree) => self.action(tree),
                Declaration::Review(tree) => self.review(tree),
                Declaration::Incentive(tree) => self.incentive(tree),
                Declaration::Scenario(tree) => self.scenario(tree),
                Declaration::Smart(tree) => self.smart(tree, None),
                _ => {}
            }
        }
    }

    fn action(&mut self, tree: &ast::Action) {
        self.uses(Feature::Action, tree.name.span);
        for statement in &tree.body {
            match statement {
                ActionStatement::Owner(names, _) => {
                    self.find_holders(names);
                }
                ActionStatement::For(path) => {
                    let goal = self.find_goal(path);
                    self.plan.acted_for.extend(goal);
                }
                ActionStatement::After(paths, _) => {
                    for path in paths {
                        if let [name] = path.parts.as_slice() {
                            self.find(Noun::Action, name);
                        }
                    }
                }
                ActionStatement::During(range) => {
                    self.span(range);
                }
                ActionStatement::Occurs(said) => self.occurs(said),
                _ => {}
            }
        }
    }

    fn review(&mut self, tree: &ast::Review) {
        self.uses(Feature::Review, tree.name.span);
        for statement in &tree.body {
            match statement {
                ReviewStatement::Owner(names, _) => {
                    self.find_holders(names);
                }
                ReviewStatement::During(range) => {
                    self.span(range);
                }
                ReviewStatement::Occurs(said) => self.occurs(said),
                _ => {}
            }
        }
    }

    fn occurs(&mut self, said: &OccurStatement) {
        if let OccurStatement::With(names, _) = said {
            self.find_holders(names);
        }
    }

    fn incentive(&mut self, tree: &ast::Incentive) {
        self.uses(Feature::Incentive, tree.name.span);
        for statement in &tree.body {
            if let IncentiveStatement::Reward { metric, .. } = statement {
                self.find_metric(metric);
            }
        }
    }

    fn scenario(&mut self, tree: &ast::Scenario) {
        self.uses(Feature::Scenario, tree.name.span);
        for change in &tree.overrides {
            self.overridden(&change.path);
        }
    }

    /// A line of a funnel, or a goal.
    fn overridden(&mut self, path: &Path) {
        let funnel = path.parts.first().is_some_and(|name| self.names.funnels.get(&name.value).is_some());
        if funnel {
            self.find_line(path);
        } else {
            self.find_goal(path);
        }
    }
}
