//! Prints what the parser makes of a file.
#![allow(clippy::print_stdout, clippy::unwrap_used)]
fn main() {
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let parse = milepost_grammar::parse(&text);
    let index = milepost_grammar::LineIndex::new(&text);
    if std::env::args().nth(2).is_some() {
        println!("{parse:#?}");
    }
    for (offset, e) in parse.errors() {
        let p = index.position(&text, offset + e.span.start as usize);
        println!(
            "{}:{} {:?} error[{}]: {} | help: {:?} | fix: {:?}",
            p.line + 1,
            p.column + 1,
            text.get(e.span.at(offset)).unwrap(),
            e.message.code(),
            e.message.text(),
            e.message.help(),
            e.fix.as_ref().map(|f| (text.get(f.span.at(offset)).unwrap(), &f.replacement))
        );
    }
}
