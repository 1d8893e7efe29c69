//! Names of files that hold on every file system.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::plan::Plan;

/// The longest name part in bytes. With what goes around it, a file name stays below the 143 bytes that
/// encrypted home folders leave of the usual 255.
const LONGEST: usize = 100;

/// The calendar file of each person of the plan, `calendar-NAME.ics`, in the order of the plan.
#[must_use]
pub fn calendars(plan: &Plan) -> Vec<String> {
    let names: Vec<&str> = plan.people.iter().map(|person| person.name.as_str()).collect();
    distinct(&names).into_iter().map(|name| format!("calendar-{name}.ics")).collect()
}

/// Each of `names` as part of a file name: safe on any file system, and no two the same on any.
///
/// A name that holds nothing but letters, digits and combining marks of any script, `-` and `_` stays as it
/// is. All others get a few digits made of the name, and so do names that some file system takes for the same,
/// by case (`Liu`, `liu`), width (`Ｌiu`) or composition (`é`). None of them keeps the plain form: whoever
/// had subscribed to it would one day read the calendar of somebody else.
#[must_use]
pub fn distinct(names: &[&str]) -> Vec<String> {
    let safe: Vec<String> = names.iter().map(|name| safe(name)).collect();
    let mut alike: HashMap<String, usize> = HashMap::new();
    for name in &safe {
        *alike.entry(fold(name)).or_default() += 1;
    }
    let stays = |name: &str, safe: &str| {
        name == safe && name.len() <= LONGEST && !is_device(name) && alike.get(&fold(safe)) == Some(&1)
    };
    let mut taken: HashSet<String> = names
        .iter()
        .zip(&safe)
        .filter(|(name, safe)| stays(name, safe))
        .map(|(name, _)| fold(name))
        .collect();
    let mut files = Vec::with_capacity(names.len());
    for (name, safe) in names.iter().zip(&safe) {
        if stays(name, safe) {
            files.push(safe.clone());
            continue;
        }
        let digits = (0..).map(|salt| format!("{}-{:08x}", cut(safe, LONGEST - 9), hash(name, salt)));
        files.extend(digits.into_iter().find(|file| taken.insert(fold(file))));
    }
    files
}

/// The name with `-` for all that a file system or a shell may take for something else.
fn safe(name: &str) -> String {
    let keeps = |sign: char| sign.is_alphanumeric() || is_combining_mark(sign) || sign == '-' || sign == '_';
    let safe: String = name.nfc().map(|sign| if keeps(sign) { sign } else { '-' }).collect();
    if safe.is_empty() { "-".to_owned() } else { safe }
}

/// What names have in common that a file system may take for the same.
fn fold(name: &str) -> String {
    // Upper case first: it takes `ß` apart, and the two small sigmas together.
    let folded: String =
        name.nfkc().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfkc().collect();
    folded.replace('ς', "σ")
}

/// Names that are devices on Windows, whatever comes behind a dot.
fn is_device(name: &str) -> bool {
    let folded = fold(name);
    let numbered =
        |stem: &str| folded.strip_prefix(stem).is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']));
    matches!(folded.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
        || numbered("com")
        || numbered("lpt")
}

/// The longest beginning of at most `most` bytes that ends between characters.
fn cut(name: &str, most: usize) -> &str {
    let end = (0..=most.min(name.len())).rfind(|end| name.is_char_boundary(*end)).unwrap_or(0);
    name.get(..end).unwrap_or_default()
}

/// FNV-1a: the same on every machine and in every version, unlike the hasher of the standard library.
fn hash(name: &str, salt: u32) -> u32 {
    let bytes = name.bytes().chain(salt.to_le_bytes().into_iter().filter(|_| salt > 0));
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_names_stay() {
        let names = ["liu", "Chen", "北区", "win-north", "a_1", "ß", "कि", "calendar"];
        assert_eq!(distinct(&names), names);
    }

    #[test]
    fn all_names_are_safe_and_distinct() {
        let long = "长".repeat(200);
        let longer = format!("{long}a");
        let names = [
            "liu",
            "Liu",
            "ＬＩＵ",
            "LIU",
            "é",
            "e\u{301}",
            "É",
            "straße",
            "STRASSE",
            "ος",
            "ΟΣ",
            "con",
            "NUL",
            "com1",
            "Lpt9",
            ".",
            "..",
            "",
            "-",
            "a/b",
            "a\\b",
            "a-b",
            "a b",
            "a:b",
            "a.b",
            "a.",
            "a",
            "\u{202e}gnp",
            "😀",
            "K",
            "\u{212a}",
            "ﬁ",
            "fi",
            &long,
            &longer,
            "liu",
            "ı",
            "i",
            "İ",
        ];
        let files = distinct(&names);
        assert_eq!(files.len(), names.len());
        let mut folded: Vec<String> = files.iter().map(|file| fold(file)).collect();
        folded.sort();
        folded.dedup();
        assert_eq!(folded.len(), names.len(), "{files:?}");
        for file in &files {
            assert!(file.len() <= LONGEST && !file.is_empty() && !is_device(file), "{file}");
            assert!(!file.contains(['/', '\\', ':', '.', ' ', '*', '?', '"', '<', '>', '|', '\0']), "{file}");
        }
    }

    #[test]
    fn a_name_does_not_depend_on_the_order() {
        let (one, two) = (distinct(&["Liu", "liu", "chen"]), distinct(&["chen", "liu", "Liu"]));
        assert_eq!((&one[0], &one[1], &one[2]), (&two[2], &two[1], &two[0]));
        assert_ne!(one[1], "liu");
    }
}
