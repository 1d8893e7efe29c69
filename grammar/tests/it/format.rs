//! How files are written.

use milepost_grammar::{format, parse};

use crate::samples::{PLAN, meaning};

#[track_caller]
fn becomes(before: &str, after: &str) {
    assert_eq!(format(before), after);
    assert_eq!(format(after), after, "not settled");
    assert_eq!(meaning(before), meaning(after));
}

#[track_caller]
fn stays(text: &str) {
    becomes(text, text);
}

#[test]
fn the_sample_plan_is_without_errors() {
    let errors: Vec<_> = parse(PLAN).errors().map(|(at, error)| (at, error.clone())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    becomes(PLAN, &format(PLAN));
}

#[test]
fn one_fact_a_line() {
    becomes(
        "plan  p \"P\"{\nperiod 2026 ;currency   CNY\n      calendar c}\nmetric a{unit CNY;kind outcome}\n",
        "plan p \"P\" {\n  period 2026\n  currency CNY\n  calendar c\n}\nmetric a { unit CNY; kind outcome }\n",
    );
    becomes("team a {\nteam b {\nperson c\n}\n}", "team a {\n  team b {\n    person c\n  }\n}\n");
    becomes("metric a; metric b", "metric a\nmetric b\n");
    becomes("person a { } person b { role c } ;;", "person a { }\nperson b { role c }\n");
    becomes("person a {}", "person a { }\n");
    becomes("person a {\n}", "person a {\n}\n");
}

#[test]
fn one_line_blocks_that_are_too_long_are_opened() {
    let long = "person liu \"Liu\" { visits at most 6 per day; away 2026-03-02..2026-03-06; calls at most 60 per week }\n";
    assert_eq!(long.trim_end().len(), 101);
    becomes(
        long,
        "person liu \"Liu\" {\n  visits at most 6 per day\n  away 2026-03-02..2026-03-06\n  calls at most 60 per week\n}\n",
    );
    stays(
        "person liu \"Li\" { visits at most 6 per day; away 2026-03-02..2026-03-06; calls at most 60 per week }\n",
    );
    // East Asian characters are two columns wide.
    becomes(
        "person liu \"刘\" { visits at most 6 per day; away 2026-03-02..2026-03-06; calls at most 600 per week }\n",
        "person liu \"刘\" {\n  visits at most 6 per day\n  away 2026-03-02..2026-03-06\n  calls at most 600 per week\n}\n",
    );
    // Blocks within are looked at each by itself.
    becomes(
        "objective o { key-result k { share north { liu 40%; chen 60% }; measure revenue 1M CNY by 2026; threshold 80% } }",
        "objective o {\n  key-result k { share north { liu 40%; chen 60% }; measure revenue 1M CNY by 2026; threshold 80% }\n}\n",
    );
}

#[test]
fn spaces_between_words() {
    becomes(
        "metric r=a/b{unit %}\nmetric s = a+b +c\nfunnel f{in :a<-b 1 in 15 .. 25 lag 3   days for 60 %}",
        "metric r = a / b { unit % }\nmetric s = a + b + c\nfunnel f { in: a <- b 1 in 15..25 lag 3 days for 60% }\n",
    );
    becomes(
        "incentive i{a->2 coins,10 points;missed a  ->  -1 coins}",
        "incentive i { a -> 2 coins, 10 points; missed a -> -1 coins }\n",
    );
    becomes(
        "objective o{supports a.b,c\nkey-result k{measure a +25 %;measure b -10%;hold c within 0 % .. 2 %}}",
        "objective o {\n  supports a.b, c\n  key-result k { measure a +25%; measure b -10%; hold c within 0%..2% }\n}\n",
    );
    stays(
        "objective o { key-result k { measure a x1.5; measure b +$200k; measure c 4万元; measure d 4万 元 } }\n",
    );
    stays("plan p {\n  timezone America/Argentina/Buenos_Aires\n  timezone Etc/GMT+8\n}\n");
    becomes("calendar c{week mon .. wed ,fri}", "calendar c { week mon..wed, fri }\n");
    becomes(
        "review r{every 2  weeks on tue ,fri at 09:00}",
        "review r { every 2 weeks on tue, fri at 09:00 }\n",
    );
}

#[test]
fn plain_signs() {
    becomes(
        "team　北区　“北区 \"一\"”｛＃　团队\nperson 陈２；person 刘 “刘；，”｛weight ２｝\n｝",
        "team 北区 \"北区 \\\"一\\\"\" { #　团队\n  person 陈2\n  person 刘 \"刘；，\" { weight 2 }\n}\n",
    );
    becomes(
        "objective o｛key-result k｛measure a ￥４０万 by ２０２６－０３｝｝\n".replace('－', "-").as_str(),
        "objective o { key-result k { measure a ¥40万 by 2026-03 } }\n",
    );
    becomes("review r { every mon～fri at 09：00 }", "review r { every mon..fri at 09:00 }\n");
    becomes("calendar c { off 2026-01-01 ~ 2026-01-03 }", "calendar c { off 2026-01-01..2026-01-03 }\n");
}

#[test]
fn comments_stay() {
    becomes(
        "# first\n\n\n\n# second   \nplan p {# of p\n\n  # of what follows\n  period 2026   # when\n\n\n  # last\n\n}   # end\n# very last",
        "# first\n\n# second\nplan p { # of p\n  # of what follows\n  period 2026 # when\n\n  # last\n} # end\n# very last\n",
    );
    becomes(
        "metric a { unit CNY # money\n kind outcome }",
        "metric a {\n  unit CNY # money\n  kind outcome\n}\n",
    );
    becomes("person a { # all of it }\n}\n", "person a { # all of it }\n}\n");
    becomes(
        "objective o {\nowner a,# first\n\n# between\nb\n}",
        "objective o {\n  owner a, # first\n    # between\n    b\n}\n",
    );
}

#[test]
fn lists_break_only_where_they_were_broken() {
    let long = "owner a-long-name-of-a-team, another-long-name-of-a-team, a-third-long-name-of-a-team, a-fourth-long-name";
    stays(&format!("objective o {{\n  {long}\n}}\n"));
    stays("objective o {\n  owner a,\n    b, c,\n    d\n  type committed\n}\n");
    stays("history h of m from \"a.csv\",\n  \"b.csv\" {\n  date \"Date\"\n}\n");
}

#[test]
fn blank_lines() {
    becomes("\n\n\nmetric a\n\n\n\nmetric b\nmetric c\n\n", "metric a\n\nmetric b\nmetric c\n");
    becomes(
        "plan p {\n\n\n  period 2026\n\n\n  currency CNY\n\n}\n",
        "plan p {\n  period 2026\n\n  currency CNY\n}\n",
    );
    becomes("", "");
    becomes("\n\n", "");
    becomes("# only", "# only\n");
}

#[test]
fn line_ends() {
    becomes("metric a\r\n\r\nmetric b\r\n", "metric a\r\n\r\nmetric b\r\n");
    becomes("metric a\r\nmetric b\n", "metric a\r\nmetric b\r\n");
    becomes("metric a\nmetric b\r\n", "metric a\nmetric b\n");
    becomes("metric a\rmetric b", "metric a\nmetric b\n");
    becomes("\u{feff}metric  a", "\u{feff}metric a\n");
}

#[test]
fn what_cannot_be_read_stays_as_it_is() {
    becomes(
        "team north {\nperson  liu { role ae;   wieght   2 ; weight  2 }\n   nonsense  {  a;\n  b }\n  weight   3\n}",
        "team north {\n  person liu { role ae; wieght   2; weight 2 }\n  nonsense  {  a;\n  b }\n  weight 3\n}\n",
    );
    // A date that does not exist is no reason to touch the statement.
    stays("person p {\n  from  2026-02-30\n}\n");
    becomes("foo  bar ;  baz   qux", "foo  bar\nbaz   qux\n");
    // Without its brace an item stays whole; the rest does not.
    becomes(
        "plan p {\n    period   2026\n\nmetric  a {unit  CNY}\n",
        "plan p {\n    period   2026\n\nmetric a { unit CNY }\n",
    );
    becomes("}\n  metric  a", "}\nmetric a\n");
    // A comma at the end of a line would take the next line in.
    becomes("foo  x, ; metric  a", "foo  x,;\nmetric a\n");
}
