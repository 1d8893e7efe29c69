//! A file that is cut again around an edit only, beside one that is cut anew.

use std::path::Path;

use milepost_grammar::{Cut, Edit, LineIndex, split};

/// Numbers without much order, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most.max(1)
    }
}

const PIECES: &[&str] = &[
    "{",
    "}",
    "}\n",
    ";",
    ",",
    "\n",
    "\r\n",
    "\r",
    "\"",
    "#",
    " ",
    "  ",
    "x",
    "7",
    "刘",
    "😀",
    "｛",
    "；",
    "“",
    "team a {\n",
    "team a {",
    "\n}\n",
    "metric b\n",
    "person c { weight 2 }\n",
    "\n  person d\n",
    "objective o {\n  key-result k {\n",
    "\u{feff}",
];

fn texts() -> Vec<String> {
    let mut texts = vec![String::new(), super::samples::PLAN.to_owned()];
    for folder in ["tests/fixtures", "../compiler/tests/fixtures", "../examples"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut paths: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let plans = paths.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "plan"));
        texts.extend(plans.map(|path| std::fs::read_to_string(path).unwrap()));
    }
    texts
}

#[test]
fn an_edit_leaves_what_a_new_cut_would_bring() {
    let mut dice = Dice(1);
    for text in texts() {
        for round in 0..20 {
            let mut text = text.clone();
            if round % 2 == 1 && text.len() > 800 {
                let start = boundary(&text, dice.below(text.len() - 700));
                text = text[start..boundary(&text, start + 700)].to_owned();
            }
            let mut cut = Cut::new(&text);
            let mut lines = LineIndex::new(&text);
            for _ in 0..60 {
                let after = edited(&text, &mut dice);
                let edit = Edit::between(&text, &after);
                assert_eq!(text[..edit.start], after[..edit.start]);
                assert_eq!(text[edit.old_end..], after[edit.new_end..]);
                let before: Vec<_> = cut.ranges().cloned().collect();
                let recut = cut.edit(&after, edit);
                let ranges: Vec<_> = cut.ranges().cloned().collect();
                assert_eq!(ranges, split(&after), "{edit:?}\n{before:?}\n{cut:?}\n{:?}", Cut::new(&after));
                assert_eq!(cut, Cut::new(&after));
                assert_eq!(before[..recut.old.start], ranges[..recut.new.start]);
                let (old, new) = (&before[recut.old.end..], &ranges[recut.new.end..]);
                assert_eq!(old.len(), new.len());
                for (old, new) in old.iter().zip(new) {
                    assert_eq!(text[old.clone()], after[new.clone()]);
                }
                lines.edit(&after, edit);
                assert_eq!(lines, LineIndex::new(&after), "{text:?} became {after:?}");
                text = after;
            }
        }
    }
}

fn edited(text: &str, dice: &mut Dice) -> String {
    let at = boundary(text, dice.below(text.len() + 1));
    let end = match dice.below(4) {
        0 | 1 => at,
        2 => boundary(text, (at + 1 + dice.below(3)).min(text.len())),
        _ => boundary(text, (at + dice.below(80)).min(text.len())),
    };
    let piece = match dice.below(8) {
        0 => "",
        1 => {
            let from = boundary(text, dice.below(text.len() + 1));
            &text[from..boundary(text, (from + dice.below(60)).min(text.len()))]
        }
        _ => PIECES[dice.below(PIECES.len())],
    };
    format!("{}{piece}{}", &text[..at], &text[end..])
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
