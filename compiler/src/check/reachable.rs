//! What leads to what, however far.

use std::collections::BTreeSet;

/// `from`, and all that is come to from there by `onward`.
pub(super) fn reachable<T: Copy + Ord, I: IntoIterator<Item = T>>(
    from: impl IntoIterator<Item = T>,
    onward: impl Fn(T) -> I,
) -> BTreeSet<T> {
    let mut open: Vec<T> = from.into_iter().collect();
    let mut reached = BTreeSet::new();
    while let Some(item) = open.pop() {
        if reached.insert(item) {
            open.extend(onward(item));
        }
    }
    reached
}
