//! Columns of a terminal: how many a text takes, and where it may be cut or wrapped.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns `text` takes.
pub(crate) fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// `text` in at most `columns`, with `…` where something is cut off.
pub(crate) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    if columns == 0 {
        return String::new();
    }
    let head = text.get(..fitting(text, columns - 1)).unwrap_or_default();
    format!("{}…", head.trim_end())
}

/// How many bytes at the start of `text` fit into `columns` without cutting a sign and what belongs to it.
fn fitting(text: &str, columns: usize) -> usize {
    let mut end = 0;
    let mut joined = false;
    for (at, sign) in text.char_indices() {
        let narrow = UnicodeWidthChar::width(sign).unwrap_or(0) == 0;
        if !narrow && !joined {
            // Up to here nothing is cut apart.
            if width(text.get(..at).unwrap_or_default()) > columns {
                return end;
            }
            end = at;
        }
        joined = sign == '\u{200d}';
    }
    if width(text) <= columns { text.len() } else { end }
}

/// `text` in lines of at most `columns`, broken at spaces where there are some.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut lines = Vec::new();
    let mut rest = text.trim();
    while width(rest) > columns {
        let fits = fitting(rest, columns);
        let head = rest.get(..fits).unwrap_or_default();
        let whole = rest.get(fits..).is_some_and(|after| after.starts_with(' '));
        let space = head.rfind(' ').filter(|space| *space > 0 && !whole);
        let first = rest.chars().next().map_or(rest.len(), char::len_utf8);
        let end = space.unwrap_or(fits).max(first);
        let (line, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        lines.push(line.trim_end().to_owned());
        rest = after.trim_start();
    }
    lines.push(rest.to_owned());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_signs_are_cut_whole() {
        assert_eq!(cut("北方大区", 8), "北方大区");
        assert_eq!(cut("北方大区", 7), "北方大…");
        assert_eq!(cut("北方大区", 6), "北方…");
        assert_eq!(cut("北方大区", 2), "…");
        assert_eq!(cut("Chen Jing", 6), "Chen…");
        // A family is one sign, however many it is made of.
        let family = "👨\u{200d}👩\u{200d}👧";
        assert_eq!(cut(&format!("a{family}b{family}"), 5), format!("a{family}b…"));
        assert_eq!(cut(&format!("a{family}b"), 3), "a…");
        // A mark stays with its letter.
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
    }

    #[test]
    fn lines_break_at_spaces_or_between_wide_signs() {
        assert_eq!(
            wrap("Win our first million in a month", 12),
            ["Win our", "first", "million in a", "month"]
        );
        assert_eq!(wrap("成为北方冷链客户的首选", 10), ["成为北方冷", "链客户的首", "选"]);
        assert_eq!(wrap("", 10), [""]);
        assert_eq!(wrap("abcdef", 4), ["abcd", "ef"]);
    }
}
