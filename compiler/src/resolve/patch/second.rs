//! Second declarations of a name, whose members are those of the first.

use std::collections::HashSet;

use milepost_grammar::ast::{self, Declaration, ObjectiveStatement, TeamStatement};

use super::super::declare::{Declarations, DeclaredHolder};
use super::super::names::Names;
use crate::load::LoadedItem;
use crate::plan::{Holder, Plan};
use crate::sources::{ItemId, Place};

/// Whether a second declaration of a name has members or key results, which are those of the first one.
pub(super) fn joins_another(declared: &Declarations<'_>) -> bool {
    let team = |holder: &DeclaredHolder<'_>| match holder {
        DeclaredHolder::Team(team) => !team.kept && has_members(team.tree),
        DeclaredHolder::Person(_) => false,
    };
    declared.holders.iter().any(team)
        || declared.objectives.iter().any(|objective| !objective.kept && !objective.key_results.is_empty())
}

pub(super) fn has_members(tree: &ast::Team) -> bool {
    tree.body.iter().any(|statement| matches!(statement, TeamStatement::Team(_) | TeamStatement::Person(_)))
}

/// The same of what was declared before.
pub(super) fn lends_members(item: &LoadedItem, names: &Names) -> bool {
    pub(super) fn of_team(team: &ast::Team, item: ItemId, names: &Names) -> bool {
        let place = Place::new(item, team.name.span);
        let kept = names.holders.get(&team.name.value).is_some_and(|entry| entry.place == place);
        let inner = team.body.iter().any(|statement| match statement {
            TeamStatement::Team(inner) => of_team(inner, item, names),
            _ => false,
        });
        !kept && has_members(team) || inner
    }
    match &item.item.declaration {
        Declaration::Team(team) => of_team(team, item.id, names),
        Declaration::Objective(tree) => {
            let place = Place::new(item.id, tree.name.span);
            let kept = names.objectives.get(&tree.name.value).is_some_and(|entry| entry.place == place);
            let inner =
                |statement: &ObjectiveStatement| matches!(statement, ObjectiveStatement::KeyResult(_));
            !kept && tree.body.iter().any(inner)
        }
        _ => false,
    }
}

/// The items in which something is declared first whose members are partly written in a second declaration of that name.
pub(super) fn borrowers(plan: &Plan) -> HashSet<ItemId> {
    let mut items = HashSet::new();
    for objective in &plan.objectives {
        let own = objective.place.item;
        if objective.key_results.iter().any(|id| plan[*id].place.item != own) {
            items.insert(own);
        }
    }
    for team in &plan.teams {
        let own = team.place.item;
        let declared = |member: &Holder| match member {
            Holder::Team(id) => plan[*id].place,
            Holder::Person(id) => plan[*id].place,
        };
        if team.members.iter().any(|member| declared(member).item != own) {
            items.insert(own);
        }
    }
    items
}
