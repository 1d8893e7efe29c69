//! How much of what was given could be read.

/// How much of a table could be read, or of what stands beside it. What could not has been said, so nothing is said of
/// what is missing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Completeness {
    /// All of it.
    Whole,
    /// All but some rows or deals, each of which is left out.
    WithoutSome,
    /// Not to its end; or a statement that holds for all of it means nothing.
    Broken,
}
