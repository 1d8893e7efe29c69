//! M: how much, and how one can tell. What has the wrong unit, and what is computed but given as if typed, are errors of the
//! language (`unit::…`, `metric::computed`): no amount could be planned for them.

pub mod change;
pub mod direction;
pub mod measure;
