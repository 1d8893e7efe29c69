//! A plan that says everything the language can say, and what two texts mean.

use milepost_grammar::{Parse, parse};

/// Every declaration and statement at least once.
pub(crate) const PLAN: &str = r##"# Everything there is to say.
plan east-2026 "East region" {
  edition 1
  period 2026-Q1..2026-Q2; currency EUR
  calendar works
  timezone Europe/Berlin
  language zh-Hans
  fiscal year starts apr named by start
  follows "last.plan"
  include "people/*.plan"
  focus 2026-03 "old customers"
  smart { specific require owner, scope; time-bound require by }
}

include "goals.plan"

calendar works "Working days" {
  week mon..thu, sat
  import "feiertage.ics" work "Brücke|班"
  off 2026-05-01
  off 2026-12-24..2026-12-31 "closed"   # every year
  work 2026-05-09 "instead"
  covers 2026..2027
}

metric turnover "Turnover" { unit EUR; kind outcome; grain month; step 100 }
metric calls { kind activity; weekdays { mon 3; tue 2.5; fri 1 } }
metric leak { unit percent; better lower; total last }
metric rate = won / offered { unit % }
metric all = a + b + c
metric 签单 "订单" { unit 单; grain ten-day }

team sales "Sales" {
  lead anna
  weight 2
  person anna "Anna"
  team inner { person 王-明 "王明" { role ae } }
  person bob "Bob" {
    role ae; weight 0.5
    from 2026-02-01; until 2026-11-30
    away 2026-04 "course"
    away 2026-03-02..2026-03-06
    ramp 50%, 75%,
      100% by month after start
    calendar works
    calls at most 60 per day
    way.orders 1 in 15
    way.turnover 35k..45k EUR each
  }
}
person extra

history past of turnover { 2025-01 60k; 2025-02 35k of 50k; 2025-Q2 1.2M EUR; 2024 4万元 }
history old of turnover from "a.csv", "b.csv" {
  date "Close Date" as "D.M.Y"; amount "Amount" as "1.234,50"
  person "Owner"; encoding gb18030
  2025-01 60k
}

funnel way "The way" {
  turnover <- orders $40k each
  inbound: orders <- calls 10 of 200 for 60%
  outbound: orders <- visits 1 in 15..25 lag 14 days for 40%
  visits <- calls 4%..6% lag 3 workdays
  share <- mails 5..6%
}

accounts book of turnover {
  retain 60%..80%
  "Acme" 500k
  "Beta" 300k { retain 80%; owner bob; renews 2026-02-28 }
}
accounts crm of turnover from "crm.csv" { account "Name"; amount "ARR"; retain "Kept"; owner "Owner"; renews "Due"; retain 50% }
pipeline deals of turnover {
  open 6..8 each; open 3
  stage offer 50%; stage contract 90%
  deal acme-2 "Acme again" {
    amount 120k; close 2026-02-20; owner bob; stage offer; probability 40%; category best-case
    next "send" by 2026-01-12
    won 2026-02-18 118k; lost 2026-02-18 "price"
  }
}
pipeline crm-deals of turnover from "deals.csv" { deal "Name"; stage "Stage"; stage offer 10%; close "Close" as "D.M.Y" }

objective grow "Grow" {
  owner sales, anna; type aspirational; supports company, all.year
  during 2026-H1
  why "so that"; assume "spring"; obstacle "rivals"; scope "here"; weight 2; priority P0
  dropped 2026-02-05 "no"
  check-in 2026-01-16 { confidence 60%; good "x"; good "y"; bad "z"; next "w" }
  smart { attainable growth 5%..30%, confidence at least 50%; relevant require supports, outcome; waive attainable.growth on grow.book "new"; attainable growth at most 30% }
  key-result book "Book" {
    measure turnover 1M EUR by 2026-03-31
    baseline 800k EUR; baseline past
    checkpoint 300k by 2026-01 "first"; checkpoint 30% of target by 2026-02-28
    existing book, crm
    through way
    split branch { cold 40%; warm 60% }
    share sales, extra role ae by capacity
    pin bob 300k EUR
    over-assign 5%; over-assign bob 10%
    forecast 2026-01-13 bob { commit 180k; call 200k; best 260k; note "…" }
    spread like past per workday
    front-loaded 20%; back-loaded 10%; threshold 80%
  }
  key-result two { measure leak from 45% to 20% by FY26-Q1; share sales evenly; spread evenly }
  key-result three { measure turnover +25%; share sales each by capacity; spread { 2026-01 50%; 2026-02..2026-03 50% } }
  key-result four { measure turnover -10%; measure leak +5 pp; measure turnover x1.5; share sales each }
  key-result five { measure calls 3 per day; share { bob 40%; anna 60% } }
  key-result six { hold leak within 0%..2%; hold leak at most 2% by 2026-W05; hold calls at least 3; share sales like past }
  key-result seven { reach by 2026-03-31; reach done 2026-03-20; reach "Go" done 2026-02-01; reach "Stay"; share sales { bob 1 } }
}

action tour "Tour" {
  owner bob; with anna; during 2026-01-12..2026-01-16; place "Ulm"; customer "Acme"; priority P1
  needs "truck", "papers"; skills "rules"; support marketing "200 leads" by 2026-01-09; budget 12k EUR
  yields 30 visits; for grow.book; after permit, other.thing; why "seen"
}
action permit { takes 5 workdays; every day; on 2026-02-15 at 09:00 for 2 hours }
review stand-up "Standing" { every mon, thu at 09:00 for 30 min else before; with sales; agenda "pace", "pipeline"; remind 30 min before }
review close { every 2 weeks on tue; every month on 15; every month on last workday at 16:00; owner anna }
review third { every quarter on first workday; every ten-day else skip; during 2026; place "here" }
incentive quest "Quest" {
  calls -> 2 coins, 10 points; missed calls -> -1 coins
  level "Silver" at 500 points "commission 4 %"; level "Gold" at 1k points
  prize "taxi" 50 coins; coin 1 EUR
}
actual calls { 2026-01-05 bob 6; 2026-01-06 bob 4 "two did not come"; 2026-01-07 -2 }
actual turnover {
  2026-01-05 ¥40万
  2026-01-06 bob $650k
}
actuals from "crm.csv" { date "Date"; person "Owner"; metric "Type"; amount "Count"; branch "Industry" }
scenario low "Low" { way.orders 1 in 25; grow.book 900k; grow.book 2026-05-31; way.visits 4%..6%; way.turnover 30k EUR each }
smart { measurable require measure }
"##;

/// What a text means: its tree and its errors without the places.
pub(crate) fn meaning(text: &str) -> String {
    without_spans(&parse(text))
}

fn without_spans(parse: &Parse) -> String {
    let mut out = String::new();
    for parsed in &parse.items {
        let debug = format!("{:?} {:?}\n", parsed.item.declaration, parsed.item.errors);
        let mut rest = debug.as_str();
        while let Some(at) = rest.find("..") {
            let (before, after) = rest.split_at(at);
            let kept = before.trim_end_matches(|c: char| c.is_ascii_digit());
            let after = &after[2..];
            if kept.len() < before.len() && after.starts_with(|c: char| c.is_ascii_digit()) {
                out.push_str(kept);
                out.push('_');
                rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
            } else {
                out.push_str(before);
                out.push_str("..");
                rest = after;
            }
        }
        out.push_str(rest);
    }
    out
}
