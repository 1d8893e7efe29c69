//! T: by when. A date outside the plan or the objective, and checkpoints of an amount that go back or too far, are messages
//! of the language (`period::…`, `checkpoint::…`): they say where the days or amounts are cut.

pub mod by;
pub mod checkpoint;
pub mod last_day;
