//! Where a cell is, and its signs.

/// A cell of a file, as messages name it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CellPlace {
    /// The file, as messages name files.
    pub path: String,
    /// The line of the file on which the row begins, from 1.
    pub row: u64,
    /// The column's heading.
    pub column: String,
}

/// What a sign of a Chinese keyboard, or a sign that only looks different, stands for.
#[must_use]
pub const fn plain_char(sign: char) -> char {
    match sign {
        '０'..='９' => match char::from_u32(sign as u32 - '０' as u32 + '0' as u32) {
            Some(digit) => digit,
            None => sign,
        },
        '－' | '−' => '-',
        '＋' => '+',
        '．' => '.',
        '，' => ',',
        '％' => '%',
        '：' => ':',
        '／' => '/',
        '￥' => '¥',
        '＄' => '$',
        '￡' => '£',
        '￦' => '₩',
        '’' | '＇' => '\'',
        '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{3000}' => ' ',
        other => other,
    }
}

/// The beginning of a cell, for a message.
#[must_use]
pub fn excerpt(text: &str) -> String {
    const MOST: usize = 40;
    let shown = |sign: char| if sign.is_control() { ' ' } else { sign };
    let mut clean: String = text.chars().take(MOST).map(shown).collect();
    if text.chars().nth(MOST).is_some() {
        clean.push('…');
    }
    clean
}
