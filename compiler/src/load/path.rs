//! Paths that plans name.

/// The path of `named`, as a file at `includer` writes it: relative to the includer's folder, `.` and `..` followed
/// as text. `None` for an absolute path, or one that is none. A path that still starts with `..` is the
/// [`crate::world::World`]'s to judge.
#[must_use]
pub fn join(includer: &str, named: &str) -> Option<String> {
    let drive = named.as_bytes().get(1) == Some(&b':');
    if named.is_empty() || named.starts_with('/') || named.contains(['\\', '\0']) || drive {
        return None;
    }
    let folder = includer.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(named.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn paths_are_followed_as_text() {
        let cases = [
            ("plan.plan", "people.plan", Some("people.plan")),
            ("goals/q1.plan", "../people.plan", Some("people.plan")),
            ("goals/q1.plan", "./q2.plan", Some("goals/q2.plan")),
            ("plan.plan", "../../x.plan", Some("../../x.plan")),
            ("plan.plan", "goals/*.plan", Some("goals/*.plan")),
            ("plan.plan", "/etc/passwd", None),
            ("plan.plan", "C:/x", None),
            ("plan.plan", "a\\b", None),
            ("plan.plan", "", None),
            ("a/plan.plan", "..", None),
        ];
        for (includer, named, expected) in cases {
            assert_eq!(join(includer, named).as_deref(), expected, "{named} in {includer}");
        }
    }
}
