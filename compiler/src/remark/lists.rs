//! Lists in sentences.

/// `a, b and c`; of more than four the first.
pub(super) fn and(items: &[String]) -> String {
    const MOST: usize = 4;
    match items {
        [] => String::new(),
        [one] => one.clone(),
        items if items.len() > MOST => {
            format!("{} and {} more", items.get(..MOST).unwrap_or_default().join(", "), items.len() - MOST)
        }
        [items @ .., last] => format!("{} and {last}", items.join(", ")),
    }
}

/// The same of names, each in backticks.
pub(crate) fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    and(&names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>())
}
