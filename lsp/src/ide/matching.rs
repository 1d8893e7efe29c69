//! Whether letters typed may stand for a name.

/// Whether the letters of `typed` stand in `text` in that order, case aside.
pub(super) fn is_subsequence(typed: &str, text: &str) -> bool {
    let mut rest = text.chars().flat_map(char::to_lowercase);
    typed.chars().flat_map(char::to_lowercase).all(|letter| rest.any(|other| other == letter))
}

/// How well `typed` fits `text`, the less the better; `None` where its letters do not stand there in that order. What
/// `text` or one of its words begins with comes before what stands within.
pub(super) fn distance(typed: &str, text: &str) -> Option<usize> {
    let typed: Vec<char> = typed.chars().flat_map(char::to_lowercase).collect();
    let text: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
    let mut at = 0;
    let mut cost = 0;
    for (index, letter) in typed.iter().enumerate() {
        let rest = text.get(at..)?;
        let gap = rest.iter().position(|other| other == letter)?;
        let begins_word = |at: usize| {
            at.checked_sub(1).is_none_or(|before| text.get(before).is_some_and(|c| !c.is_alphanumeric()))
        };
        if gap > 0 || index == 0 {
            cost += if at + gap == 0 {
                0
            } else if begins_word(at + gap) {
                1
            } else {
                3 + gap
            };
        }
        at += gap + 1;
    }
    // Of equals the shorter name.
    Some(cost * 1_000 + text.len().min(999))
}
