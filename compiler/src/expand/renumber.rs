//! Other ids in what is expanded, when declarations come and go.

use crate::expand::{KeyResultPlan, Line, Seated};
use crate::plan::Renumbering;

/// Renumbers all that an expanded key result names.
pub(crate) fn renumber(expanded: &mut KeyResultPlan, by: &Renumbering) {
    by.key_result(&mut expanded.key_result);
    expanded.team.iter_mut().for_each(|team| by.team(team));
    match &mut expanded.seated {
        Seated::Share(seating) | Seated::ByCapacity(seating) | Seated::Owner(seating) => {
            let seats = seating.groups.iter_mut().flat_map(|group| &mut group.seats);
            seats.for_each(|seat| by.person(&mut seat.person));
        }
        Seated::Line(team) => team.iter_mut().for_each(|team| by.team(team)),
    }
    for stage in expanded.chains.iter_mut().flat_map(|chain| &mut chain.stages) {
        stage.link.above.iter_mut().for_each(|above| by.funnel(&mut above.funnel));
        stage.lines.iter_mut().for_each(|line| of_line(line, by));
    }
    expanded.existing.iter_mut().for_each(|line| of_line(line, by));
    expanded.read.iter_mut().for_each(|read| of_line(&mut read.line, by));
}

fn of_line(line: &mut Line, by: &Renumbering) {
    line.person.iter_mut().for_each(|person| by.person(person));
    line.team.iter_mut().for_each(|team| by.team(team));
}
