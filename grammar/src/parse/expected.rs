//! What a rule is called in a message, and which rule reads which statement.

use super::Rule;
use crate::keyword::{self, Block};
use crate::message::Expected;
use crate::scan::is_space;
use crate::token::plain_digit;

/// What the rule is called where it could have stood; nothing for rules that say nothing to a writer.
pub(super) fn expected(rule: Rule) -> Option<Expected> {
    use Expected::{OneOf, Word};
    Some(match rule {
        Rule::statement_end | Rule::EOI => Expected::End,
        Rule::name | Rule::share_member | Rule::currency_name | Rule::funnel_line | Rule::reward => {
            Expected::Name
        }
        Rule::path | Rule::dotted => Expected::Path,
        Rule::text => Expected::Text,
        Rule::number | Rule::signed_number => Expected::Number,
        Rule::whole => Expected::Whole,
        Rule::percent => Expected::Percent,
        Rule::quantity | Rule::signed_quantity => Expected::Amount,
        Rule::change => Expected::Change,
        Rule::unit_name => Expected::Unit,
        Rule::grain_word => Expected::Grain,
        Rule::date => Expected::Date,
        Rule::moment | Rule::range | Rule::dated => Expected::Moment,
        Rule::time => Expected::Time,
        Rule::duration => Expected::Duration,
        Rule::time_unit => Expected::TimeUnit,
        Rule::weekday | Rule::weekday_span | Rule::weekday_list => Expected::Weekday,
        Rule::month_word => Expected::Month,
        Rule::zone => Expected::Zone,
        Rule::priority_level => Expected::Priority,
        Rule::letter => Expected::Letter,
        Rule::rate | Rule::hits => Expected::Rate,
        Rule::by_moment | Rule::by_date => Word("by"),
        Rule::of_metric | Rule::of_planned | Rule::rate_of => Word("of"),
        Rule::of_target => Word("of target"),
        Rule::each | Rule::share_each => Word("each"),
        Rule::each_need => Expected::Amount,
        Rule::rate_percent => Word("%"),
        Rule::rate_to | Rule::range_end => Word(".."),
        Rule::rate_in => Word("in"),
        Rule::weights
        | Rule::periods
        | Rule::plan_body
        | Rule::scenario_body
        | Rule::calendar_body
        | Rule::metric_body
        | Rule::weekdays_body
        | Rule::team_body
        | Rule::person_body
        | Rule::history_body
        | Rule::actual_body
        | Rule::columns_body
        | Rule::funnel_body
        | Rule::accounts_body
        | Rule::account_body
        | Rule::pipeline_body
        | Rule::deal_body
        | Rule::objective_body
        | Rule::key_result_body
        | Rule::check_in_body
        | Rule::forecast_body
        | Rule::action_body
        | Rule::review_body
        | Rule::incentive_body
        | Rule::smart_body => Expected::Block,
        Rule::from_files => Word("from"),
        Rule::column_format => Word("as"),
        Rule::year_starts => Word("year starts"),
        Rule::named_by => Word("named by"),
        Rule::start => Word("start"),
        Rule::end => Word("end"),
        Rule::import_work => Word("work"),
        Rule::formula => Word("="),
        Rule::over => Word("/"),
        Rule::plus => Word("+"),
        Rule::kind_word => OneOf(&["outcome", "activity"]),
        Rule::better_word => OneOf(&["higher", "lower"]),
        Rule::total_word => OneOf(&["sum", "last"]),
        Rule::type_word => OneOf(&["committed", "aspirational"]),
        Rule::category_word => OneOf(&["commit", "best-case", "pipeline", "omitted"]),
        Rule::by_month => Word("by month"),
        Rule::after_start => Word("after start"),
        Rule::at_most | Rule::most | Rule::limit_most => Word("at most"),
        Rule::at_least | Rule::least | Rule::limit_least => Word("at least"),
        Rule::limit_range | Rule::lowest => Expected::Percent,
        Rule::per_grain => Word("per"),
        Rule::per_workday => Word("per workday"),
        Rule::needs_arrow => Word("<-"),
        Rule::gives_arrow => Word("->"),
        Rule::lag => Word("lag"),
        Rule::for_part | Rule::for_duration => Word("for"),
        Rule::level => Word("from"),
        Rule::level_to => Word("to"),
        Rule::times => Word("x1.5"),
        Rule::within => Word("within"),
        Rule::done => Word("done"),
        Rule::share_role => Word("role"),
        Rule::evenly => Word("evenly"),
        Rule::share_by => OneOf(&["by weight", "by capacity"]),
        Rule::each_capacity => Word("by capacity"),
        Rule::by_weight => Word("weight"),
        Rule::by_capacity => Word("capacity"),
        Rule::like => Word("like"),
        Rule::every_day => Word("day"),
        Rule::every_week => Word("2 weeks on tue"),
        Rule::weeks_on => Word("weeks on"),
        Rule::every_ten_day => Word("ten-day"),
        Rule::every_month => Word("month on 15"),
        Rule::every_quarter => Word("quarter on last workday"),
        Rule::first_workday => Word("first workday"),
        Rule::last_workday => Word("last workday"),
        Rule::at_time | Rule::at_points => Word("at"),
        Rule::otherwise => Word("else"),
        Rule::otherwise_word => OneOf(&["skip", "before"]),
        Rule::before => Word("before"),
        Rule::gain => Word("2 coins"),
        Rule::coins => Word("coins"),
        Rule::points => Word("points"),
        Rule::require_list => Word("require"),
        Rule::smart_limit => Word("growth at most 30%"),
        Rule::on_path => Word("on"),
        _ => return None,
    })
}

/// The rule that reads the statement `word` of `block`.
pub(super) fn rule_of(block: Block, word: &str) -> Option<Rule> {
    Some(match (block, word) {
        (Block::File, "calendar") => Rule::calendar,
        (_, "calendar") => Rule::calendar_of,
        (Block::Account | Block::Deal, "owner") => Rule::owner_one,
        (Block::Accounts | Block::Pipeline, "owner") => Rule::column,
        (Block::Actuals | Block::History, "date" | "amount" | "person" | "metric" | "note")
        | (Block::Accounts, "account" | "amount" | "renews")
        | (Block::Pipeline, "amount" | "probability" | "close" | "next" | "category") => Rule::column,
        (Block::Pipeline, "stage") => Rule::stage_chance,
        (Block::CheckIn, "next") => Rule::next,
        (Block::Deal, "next") => Rule::next_step,
        (_, "plan") => Rule::plan,
        (_, "include") => Rule::include,
        (_, "metric") => Rule::metric,
        (_, "team") => Rule::team,
        (_, "person") => Rule::person,
        (_, "history") => Rule::history,
        (_, "funnel") => Rule::funnel,
        (_, "accounts") => Rule::accounts,
        (_, "pipeline") => Rule::pipeline,
        (_, "objective") => Rule::objective,
        (_, "action") => Rule::action,
        (_, "review") => Rule::review,
        (_, "incentive") => Rule::incentive,
        (_, "actual") => Rule::actual,
        (_, "actuals") => Rule::actuals,
        (_, "scenario") => Rule::scenario,
        (_, "smart") => Rule::smart,
        (_, "edition") => Rule::edition,
        (_, "period") => Rule::period,
        (_, "currency") => Rule::currency,
        (_, "timezone") => Rule::timezone,
        (_, "language") => Rule::language,
        (_, "fiscal") => Rule::fiscal,
        (_, "follows") => Rule::follows,
        (_, "focus") => Rule::focus,
        (_, "week") => Rule::week,
        (_, "import") => Rule::import,
        (_, "off") => Rule::off,
        (_, "work") => Rule::work,
        (_, "covers") => Rule::covers,
        (_, "unit") => Rule::unit,
        (_, "kind") => Rule::kind,
        (_, "better") => Rule::better,
        (_, "total") => Rule::total,
        (_, "grain") => Rule::grain,
        (_, "step") => Rule::step,
        (_, "weekdays") => Rule::weekdays,
        (Block::Weekdays, _) => Rule::weekday_weight,
        (_, "lead") => Rule::lead,
        (_, "role") => Rule::role,
        (_, "weight") => Rule::weight,
        (_, "from") => Rule::from_date,
        (_, "until") => Rule::until,
        (_, "away") => Rule::away,
        (_, "ramp") => Rule::ramp,
        (_, "encoding") => Rule::encoding,
        (_, "retain") => Rule::retain,
        (_, "renews") => Rule::renews,
        (_, "open") => Rule::open_deals,
        (_, "stage") => Rule::stage,
        (_, "deal") => Rule::deal,
        (_, "amount") => Rule::deal_amount,
        (_, "close") => Rule::close_date,
        (_, "probability") => Rule::probability,
        (_, "category") => Rule::category,
        (_, "won") => Rule::won,
        (_, "lost") => Rule::lost,
        (_, "key-result") => Rule::key_result,
        (_, "owner") => Rule::owner,
        (_, "type") => Rule::goal_type,
        (_, "supports") => Rule::supports,
        (_, "during") => Rule::during,
        (_, "why") => Rule::why,
        (_, "assume") => Rule::assume,
        (_, "obstacle") => Rule::obstacle,
        (_, "scope") => Rule::scope,
        (_, "priority") => Rule::priority,
        (_, "dropped") => Rule::dropped,
        (_, "check-in") => Rule::check_in,
        (_, "confidence") => Rule::confidence,
        (_, "good") => Rule::good,
        (_, "bad") => Rule::bad,
        (_, "measure") => Rule::measure,
        (_, "hold") => Rule::hold,
        (_, "reach") => Rule::reach,
        (_, "baseline") => Rule::baseline,
        (_, "checkpoint") => Rule::checkpoint,
        (_, "existing") => Rule::existing,
        (_, "through") => Rule::through,
        (_, "split") => Rule::split,
        (_, "share") => Rule::share,
        (_, "pin") => Rule::pin,
        (_, "over-assign") => Rule::over_assign,
        (_, "forecast") => Rule::forecast,
        (_, "spread") => Rule::spread,
        (_, "front-loaded") => Rule::front_loaded,
        (_, "back-loaded") => Rule::back_loaded,
        (_, "threshold") => Rule::threshold,
        (_, "commit") => Rule::commit,
        (_, "call") => Rule::call,
        (_, "best") => Rule::best,
        (_, "note") => Rule::note,
        (_, "takes") => Rule::takes,
        (_, "place") => Rule::place,
        (_, "customer") => Rule::customer,
        (_, "needs") => Rule::needs,
        (_, "skills") => Rule::skills,
        (_, "support") => Rule::support,
        (_, "budget") => Rule::budget,
        (_, "yields") => Rule::yields,
        (_, "for") => Rule::for_goal,
        (_, "after") => Rule::after,
        (_, "every") => Rule::every,
        (_, "on") => Rule::on_date,
        (_, "with") => Rule::with,
        (_, "remind") => Rule::remind,
        (_, "agenda") => Rule::agenda,
        (_, "missed") => Rule::reward,
        (_, "level") => Rule::prize_level,
        (_, "prize") => Rule::prize,
        (_, "coin") => Rule::coin,
        (_, "specific" | "measurable" | "attainable" | "relevant" | "time-bound") => Rule::smart_rule,
        (_, "waive") => Rule::waive,
        _ => return None,
    })
}

/// The rule that reads the statements of `block` that begin with no keyword, by how `text` begins.
pub(super) fn entry_of(block: Block, text: &str) -> Option<Rule> {
    let first = text.chars().next()?;
    let number = plain_digit(first).is_some();
    let quote = matches!(first, '"' | '“' | '”');
    let word = text.split(is_space).next().unwrap_or("");
    let second = text.get(word.len()..).unwrap_or("").trim_start_matches(is_space);
    Some(match block {
        Block::History if number || text.starts_with("FY") => Rule::history_entry,
        Block::Actual => Rule::actual_entry,
        Block::Funnel => Rule::funnel_line,
        Block::Accounts if quote => Rule::account,
        Block::Scenario => Rule::override_value,
        Block::Weights => Rule::weighted,
        Block::Periods => Rule::period_weight,
        Block::Weekdays => Rule::weekday_weight,
        Block::Incentive if text.contains("->") || text.contains(['→', '＞']) => Rule::reward,
        Block::Team | Block::Person if number || quote => return None,
        Block::Team | Block::Person if word.contains('.') => Rule::own_rate,
        Block::Team | Block::Person if second.starts_with("at ") => Rule::limit,
        Block::History | Block::Actuals | Block::Accounts | Block::Pipeline
            if !quote && second.starts_with(['"', '“', '”']) =>
        {
            Rule::column
        }
        _ => return None,
    })
}

/// How the statement is written that a rule of [`entry_of`] reads.
pub(super) fn form_of(block: Block, rule: Rule) -> Option<&'static str> {
    match rule {
        Rule::own_rate => Some("FUNNEL.METRIC 1 in 15"),
        Rule::column => Some("NAME \"HEADING\" as \"FORMAT\""),
        Rule::weekday_weight => Some("mon 3"),
        _ => keyword::entry_form(block),
    }
}
