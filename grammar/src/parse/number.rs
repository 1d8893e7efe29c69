//! Exact decimals from their digits.

use rust_decimal::Decimal;

use crate::message::Message;
use crate::token::plain_digit;

/// The most digits a decimal can always hold, and the most places behind the point.
const DIGITS: usize = 28;

/// Reads the number that `text` begins with, its sign and scale letter included, and says how many bytes it
/// took. A currency's sign must have been taken off before, a letter behind the number is left.
pub(super) fn figure(text: &str) -> Result<(Decimal, usize), Message> {
    let mut digits = String::with_capacity(16);
    let mut chars = text.char_indices().peekable();
    if let Some((_, sign @ ('-' | '+'))) = chars.peek().copied() {
        if sign == '-' {
            digits.push(sign);
        }
        chars.next();
    }
    let mut end = 0;
    let mut point = None;
    while let Some(&(at, c)) = chars.peek() {
        match plain_digit(c) {
            Some(digit) => digits.push(digit),
            None if c == '_' => {}
            None if c == '.' && point.is_none() && text.get(at + 1..).is_some_and(starts_with_digit) => {
                point = Some(digits.len());
                digits.push('.');
            }
            None => break,
        }
        end = at + c.len_utf8();
        chars.next();
    }
    let rest = text.get(end..).unwrap_or("");
    let (zeros, letter) = scale(rest);
    Ok((scaled(digits, point, zeros)?, end + letter))
}

/// The number that `text` is, as plans write them; `None` if it is none, or one that is too long to be held.
#[must_use]
pub fn number(text: &str) -> Option<Decimal> {
    figure(text).ok().filter(|(_, taken)| *taken == text.len()).map(|(number, _)| number)
}

fn starts_with_digit(text: &str) -> bool {
    text.chars().next().and_then(plain_digit).is_some()
}

/// How many zeros a scale letter stands for, and how many bytes it takes.
fn scale(text: &str) -> (usize, usize) {
    let mut chars = text.chars();
    match chars.next() {
        Some('k' | 'K') => (3, 1),
        Some('M') => (6, 1),
        Some('B') => (9, 1),
        Some('万') if chars.next() == Some('亿') => (12, 6),
        Some('万') => (4, 3),
        Some('亿') => (8, 3),
        _ => (0, 0),
    }
}

/// The decimal with its point moved `zeros` places, digit by digit, so that nothing is rounded.
fn scaled(mut digits: String, point: Option<usize>, zeros: usize) -> Result<Decimal, Message> {
    match point {
        None => digits.extend(std::iter::repeat_n('0', zeros)),
        Some(point) => {
            let places = digits.len() - point - 1;
            let mut moved: String = digits.chars().filter(|&c| c != '.').collect();
            moved.extend(std::iter::repeat_n('0', zeros.saturating_sub(places)));
            if places > zeros {
                moved.insert(point + zeros, '.');
            }
            digits = moved;
        }
    }
    let places = digits.split_once('.').map_or(0, |(_, places)| places.trim_end_matches('0').len());
    Decimal::from_str_exact(trim_places(&digits))
        .map_err(|_| if places > DIGITS { Message::NumberTooPrecise } else { Message::NumberTooLarge })
}

/// Zeros behind the last place that counts say nothing but could be too many.
fn trim_places(digits: &str) -> &str {
    if digits.len() > DIGITS && digits.contains('.') {
        digits.trim_end_matches('0').trim_end_matches('.')
    } else {
        digits
    }
}
