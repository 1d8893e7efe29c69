//! A plan from the input, with what it includes and imports, built to every output.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use milepost::set::Set;
use milepost_fuzz::files::Files;
use milepost_fuzz::outputs::everything;
use milepost_grammar::ast::Grain;

/// Longer inputs take longer than they are worth.
const LONGEST: usize = 4 * 1024;

fuzz_target!(|bytes: &[u8]| -> Corpus {
    if bytes.len() > LONGEST {
        return Corpus::Reject;
    }
    let files = Files::cut(bytes);
    // Comments such as `#set field-sales.orders=1 in 25` set something; the grain goes by the last byte.
    let text = String::from_utf8_lossy(bytes);
    let set: Vec<Set> =
        text.lines().filter_map(|line| line.strip_prefix("#set ")?.parse().ok()).take(2).collect();
    let grains = [Grain::Week, Grain::TenDay, Grain::Month, Grain::Quarter];
    let by = bytes.last().and_then(|last| grains.get(usize::from(last % 4)).copied());
    everything(&files, &set, by);
    Corpus::Keep
});
