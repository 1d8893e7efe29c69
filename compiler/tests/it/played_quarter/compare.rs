//! Where two JSON trees differ.

use serde_json::Value;

/// A line for every place that differs.
pub(super) fn differences(place: &str, expected: &Value, written: &Value, all: &mut Vec<String>) {
    match (expected, written) {
        (Value::Object(one), Value::Object(other)) => {
            for key in one.keys().chain(other.keys().filter(|key| !one.contains_key(*key))) {
                let place = format!("{place}.{key}");
                match (one.get(key), other.get(key)) {
                    (Some(one), Some(other)) => differences(&place, one, other, all),
                    (one, other) => all.push(format!("{place}: expected {one:?}, written {other:?}")),
                }
            }
        }
        (Value::Array(one), Value::Array(other)) => {
            let same_rows = one.len() == other.len();
            if !same_rows || one.iter().chain(other).all(|entry| !name(entry).is_empty()) {
                by_name(place, one, other, all);
                return;
            }
            for (index, (one, other)) in one.iter().zip(other).enumerate() {
                differences(&format!("{place}[{index}]"), one, other, all);
            }
        }
        _ if expected == written => {}
        _ => all.push(format!("{place}: expected {expected}, written {written}")),
    }
}

/// What tells an entry of a list from the others.
fn name(entry: &Value) -> String {
    let keys = ["id", "key_result", "goal", "person", "team", "metric", "on", "what", "title", "text", "who"];
    let said = keys.iter().filter_map(|key| entry.get(key).and_then(Value::as_str));
    said.collect::<Vec<_>>().join(" ")
}

fn by_name(place: &str, one: &[Value], other: &[Value], all: &mut Vec<String>) {
    for entry in one {
        match other.iter().find(|other| name(other) == name(entry)) {
            Some(other) => differences(&format!("{place}[{}]", name(entry)), entry, other, all),
            None => all.push(format!("{place}[{}]: expected, not written", name(entry))),
        }
    }
    for entry in other.iter().filter(|entry| !one.iter().any(|one| name(one) == name(entry))) {
        all.push(format!("{place}[{}]: written, not expected: {entry}", name(entry)));
    }
    let order = |entries: &[Value], others: &[Value]| -> Vec<String> {
        let both = |entry: &&Value| others.iter().any(|other| name(other) == name(entry));
        entries.iter().filter(both).map(name).collect()
    };
    if order(one, other) != order(other, one) {
        all.push(format!("{place}: in another order"));
    }
}

#[test]
fn a_difference_is_found_wherever_it_is() {
    use serde_json::json;

    let one = json!({ "rows": [{ "id": "a", "done": 1 }, { "id": "b", "done": null }], "left": [1, 2] });
    for other in [
        json!({ "rows": [{ "id": "a", "done": 2 }, { "id": "b", "done": null }], "left": [1, 2] }),
        json!({ "rows": [{ "id": "a", "done": 1 }, { "id": "b", "done": 0 }], "left": [1, 2] }),
        json!({ "rows": [{ "id": "b", "done": null }, { "id": "a", "done": 1 }], "left": [1, 2] }),
        json!({ "rows": [{ "id": "a", "done": 1 }], "left": [1, 2] }),
        json!({ "rows": [{ "id": "a", "done": 1 }, { "id": "b", "done": null }], "left": [2, 1] }),
        json!({ "rows": [{ "id": "a", "done": 1 }, { "id": "b", "done": null }], "left": [1] }),
        json!({ "rows": [{ "id": "a", "done": 1 }, { "id": "b", "done": null }] }),
    ] {
        let (mut all, mut back) = (Vec::new(), Vec::new());
        differences("", &one, &other, &mut all);
        differences("", &other, &one, &mut back);
        assert!(!all.is_empty() && !back.is_empty(), "{other}");
    }
    let mut all = Vec::new();
    differences("", &one, &one, &mut all);
    assert_eq!(all, [""; 0]);
}
