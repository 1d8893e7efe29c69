//! The shape of a text: what it declares, what can be folded, what a selection grows to.

use std::ops::Range;

use milepost::noun::Noun;
use milepost::sources::FileId;
use tower_lsp::lsp_types::{
    DocumentSymbol, FoldingRange, FoldingRangeKind, SelectionRange, SymbolInformation, SymbolKind as Kind,
};

use super::ToProto;
use crate::ide::folding::{Fold, FoldKind};
use crate::ide::spot::Spot;
use crate::ide::symbols::{FoundSymbol, Symbol, SymbolKind};

impl ToProto<'_> {
    /// Something that is declared, with what is declared in it.
    #[must_use]
    #[allow(deprecated)] // the protocol asks for it
    pub fn symbol(&self, file: FileId, symbol: Symbol) -> DocumentSymbol {
        let children: Vec<_> = symbol.children.into_iter().map(|inner| self.symbol(file, inner)).collect();
        DocumentSymbol {
            // Clients refuse a name that is empty.
            name: if symbol.name.is_empty() { "?".to_owned() } else { symbol.name },
            detail: symbol.detail,
            kind: kind(symbol.kind),
            tags: None,
            deprecated: None,
            range: self.range(file, &symbol.range),
            selection_range: self.range(file, &symbol.selection),
            children: (!children.is_empty()).then_some(children),
        }
    }

    /// Something that was looked for.
    #[must_use]
    #[allow(deprecated)] // the protocol asks for it
    pub fn found(&self, found: FoundSymbol) -> Option<SymbolInformation> {
        let name = match found.title {
            Some(title) => format!("{} {title}", found.name),
            None => found.name,
        };
        Some(SymbolInformation {
            name,
            kind: kind(SymbolKind::Noun(found.noun)),
            tags: None,
            deprecated: None,
            location: self.location(&Spot { file: found.file, range: found.range })?,
            container_name: found.container,
        })
    }

    /// Lines that can be folded.
    #[must_use]
    pub fn fold(&self, file: FileId, fold: &Fold) -> FoldingRange {
        let range = self.range(file, &fold.range);
        FoldingRange {
            start_line: range.start.line,
            start_character: None,
            end_line: range.end.line,
            end_character: None,
            kind: match fold.kind {
                FoldKind::Block => Some(FoldingRangeKind::Region),
                FoldKind::Comment => Some(FoldingRangeKind::Comment),
                FoldKind::Includes => Some(FoldingRangeKind::Imports),
            },
            collapsed_text: None,
        }
    }

    /// Ranges, each inside the next, as the innermost with its parents.
    #[must_use]
    pub fn selection(&self, file: FileId, ranges: &[Range<usize>]) -> SelectionRange {
        let parent = |parent: Option<Box<SelectionRange>>, range: &Range<usize>| {
            Some(Box::new(SelectionRange { range: self.range(file, range), parent }))
        };
        let nothing = || SelectionRange { range: self.range(file, &(0..0)), parent: None };
        ranges.iter().rev().fold(None, parent).map_or_else(nothing, |selection| *selection)
    }
}

const fn kind(kind: SymbolKind) -> Kind {
    match kind {
        SymbolKind::Plan => Kind::MODULE,
        SymbolKind::Actual => Kind::ARRAY,
        SymbolKind::Smart => Kind::INTERFACE,
        SymbolKind::Noun(noun) => match noun {
            Noun::Calendar => Kind::NAMESPACE,
            Noun::Metric => Kind::FIELD,
            Noun::Team | Noun::Holder => Kind::PACKAGE,
            Noun::Person => Kind::VARIABLE,
            Noun::Funnel => Kind::FUNCTION,
            Noun::FunnelLine => Kind::OPERATOR,
            Noun::Objective | Noun::Goal => Kind::CLASS,
            Noun::KeyResult => Kind::METHOD,
            Noun::Deal | Noun::Stage | Noun::Part | Noun::Role => Kind::ENUM_MEMBER,
            Noun::Pipeline | Noun::Accounts => Kind::ENUM,
            Noun::Action | Noun::Review => Kind::EVENT,
            Noun::History | Noun::Actuals => Kind::ARRAY,
            Noun::Incentive | Noun::Scenario | Noun::Currency | Noun::Timezone => Kind::CONSTANT,
        },
    }
}
