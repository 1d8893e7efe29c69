//! Text that a spreadsheet must not run.

use std::borrow::Cow;

/// `text` for a cell of a spreadsheet: where one would take it for a formula, a `'` goes before it.
///
/// The signs are those of OWASP's page on CSV injection (`= + - @`, tab, carriage return), their wide and
/// small forms of Unicode, which spreadsheets fold into the plain ones, a line feed, and NUL. Blanks and
/// invisible signs before them are looked through, because importers trim them. A plain number such as `-5`
/// stays as it is: it runs nothing, and with a `'` it would no longer add up.
#[must_use]
pub fn safe(text: &str) -> Cow<'_, str> {
    // Nearly every cell begins like this, and there are millions of them.
    if text.bytes().next().is_none_or(|first| first.is_ascii_alphanumeric()) {
        return Cow::Borrowed(text);
    }
    if is_run(text) && !is_number(text) {
        return Cow::Owned(format!("'{text}"));
    }
    Cow::Borrowed(text)
}

fn is_run(text: &str) -> bool {
    for sign in text.chars() {
        match sign {
            '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '﹦' | '﹢' | '﹣' | '﹫' | '\u{2212}'
            | '\0' | '\t' | '\r' | '\n' => return true,
            _ if sign.is_whitespace() || sign.is_control() || is_invisible(sign) => {}
            _ => return false,
        }
    }
    false
}

/// Signs without a width that importers may drop: joiners, marks of direction, the byte order mark.
const fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A sign at most, digits, and one point with digits on both sides at most.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all(whole) && all(fraction)
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn formulas_are_made_harmless() {
        for text in [
            "=1+2",
            "+cmd|' /C calc'!A0",
            "-2+3",
            "@SUM(A1)",
            "＝1",
            "＋1",
            "－1",
            "＠A1",
            "\t=1",
            "\r=1",
            "\n=1",
            "\0",
            " =1",
            "\u{3000}=1",
            "\u{feff}=1",
            "\u{200b}+1",
            "﹦1",
            "-",
            "--5",
            "-5.",
            "-1e3",
            "-5 visits",
        ] {
            assert_eq!(safe(text), format!("'{text}"), "{text:?}");
        }
    }

    #[test]
    fn the_rest_is_left_alone() {
        for text in [
            "",
            "win-north",
            "5",
            "-5",
            "+3.50",
            "0.10",
            "北区",
            "a=b",
            "industry=cold-chain",
            "'=1",
            "(=1)",
            " a",
            "…",
        ] {
            assert_eq!(safe(text), text);
        }
    }
}
