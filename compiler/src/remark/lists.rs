//! Lists in sentences.

/// `a, b and c`, each in backticks; of more than four the first.
pub(crate) fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const MOST: usize = 4;
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        names if names.len() > MOST => {
            let shown = names.get(..MOST).unwrap_or_default().join(", ");
            format!("{shown} and {} more", names.len() - MOST)
        }
        [names @ .., last] => format!("{} and {last}", names.join(", ")),
    }
}
