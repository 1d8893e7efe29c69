//! Currencies of ISO 4217 and the signs that are written for them.

use milepost_grammar::ast;

use super::{Resolver, unknown};
use crate::noun::Noun;
use crate::plan::Currency;

/// Active codes with two decimals.
const TWO: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD \
    CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD \
    HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU \
    MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK \
    SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG \
    YER ZAR ZMW ZWG";
/// Those with another number of them.
const OTHER: &[(&str, u32)] = &[
    ("BHD", 3),
    ("BIF", 0),
    ("CLF", 4),
    ("CLP", 0),
    ("DJF", 0),
    ("GNF", 0),
    ("IQD", 3),
    ("ISK", 0),
    ("JOD", 3),
    ("JPY", 0),
    ("KMF", 0),
    ("KRW", 0),
    ("KWD", 3),
    ("LYD", 3),
    ("OMR", 3),
    ("PYG", 0),
    ("RWF", 0),
    ("TND", 3),
    ("UGX", 0),
    ("UYI", 0),
    ("UYW", 4),
    ("VND", 0),
    ("VUV", 0),
    ("XAF", 0),
    ("XOF", 0),
    ("XPF", 0),
];
/// Which currencies a sign may stand for; the one that it means where nothing else is said comes first.
const SIGNS: &[(char, &str)] = &[
    (
        '$',
        "USD AUD CAD NZD HKD SGD TWD MXN ARS BBD BMD BND BSD BZD CLP COP FJD GYD JMD KYD LRD NAD SBD SRD TTD UYU XCD",
    ),
    ('¥', "CNY JPY"),
    ('€', "EUR"),
    ('£', "GBP EGP FKP GIP LBP SDG SHP SSP SYP"),
    ('₹', "INR"),
    ('₩', "KRW KPW"),
    ('₽', "RUB"),
    ('₫', "VND"),
    ('₺', "TRY"),
    ('₴', "UAH"),
    ('₪', "ILS"),
    ('฿', "THB"),
    ('₱', "PHP"),
    ('₦', "NGN"),
    ('₸', "KZT"),
    ('₡', "CRC"),
    ('₲', "PYG"),
    ('₮', "MNT"),
    ('₭', "LAK"),
    ('₵', "GHS"),
    ('₼', "AZN"),
    ('₾', "GEL"),
];

/// The currency with that code, in capitals.
pub(super) fn currency(code: &str) -> Option<Currency> {
    let decimals = match OTHER.iter().find(|(other, _)| *other == code) {
        Some((_, decimals)) => *decimals,
        None => TWO.split_whitespace().find(|two| *two == code).map(|_| 2)?,
    };
    Some(Currency { code: code.to_owned(), decimals })
}

/// Whether `sign` may be written for `currency`.
pub(super) fn sign_fits(sign: char, currency: &Currency) -> bool {
    codes_of(sign).any(|code| code == currency.code)
}

/// The codes that a sign may stand for.
pub(super) fn codes_of(sign: char) -> impl Iterator<Item = &'static str> {
    let sign = if sign == '￥' { '¥' } else { sign };
    SIGNS.iter().filter(move |(known, _)| *known == sign).flat_map(|(_, codes)| codes.split_whitespace())
}

impl Resolver<'_> {
    /// The currency that `currency CODE` names.
    pub(super) fn currency(&mut self, code: &ast::Name) -> Option<Currency> {
        let found = currency(&code.value);
        if found.is_none() {
            let codes = OTHER.iter().map(|(code, _)| *code).chain(TWO.split_whitespace());
            let near = self.suggester.nearest_word(&code.value, codes);
            let diagnostic = unknown(Noun::Currency, &code.value, near, self.place(code.span));
            self.push(diagnostic);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{codes_of, currency, sign_fits};

    #[test]
    fn minor_units_are_those_of_iso_4217() {
        for (code, decimals) in [("CNY", 2), ("USD", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4)] {
            assert_eq!(currency(code).map(|currency| currency.decimals), Some(decimals), "{code}");
        }
        assert_eq!(currency("cny"), None);
        assert_eq!(currency("SQL"), None);
    }

    #[test]
    fn signs_fit_their_currencies_and_all_of_those_exist() {
        for sign in "$¥￥€£₹₩₽₫₺₴₪฿₱₦₸₡₲₮₭₵₼₾".chars() {
            assert!(codes_of(sign).count() > 0, "{sign}");
            for code in codes_of(sign) {
                let known = currency(code);
                assert!(known.is_some_and(|currency| sign_fits(sign, &currency)), "{sign} {code}");
            }
        }
    }
}
