//! Accounts.

use std::collections::HashMap;

use milepost_grammar::Span;
use milepost_grammar::ast::{self, AccountStatement, AccountsStatement, Rate, Total};

use super::Resolver;
use super::declare::Declarations;
use super::names::plain;
use super::once::Once;
use crate::message::Message;
use crate::plan::{Account, AccountBook, MetricId, Retention};

impl Resolver<'_> {
    pub(super) fn books(&mut self, declared: &Declarations<'_>) {
        for book in &declared.books {
            self.enter(book.at);
            let resolved = self.book(book.tree);
            if book.kept {
                self.plan.books.push(resolved);
            }
        }
    }

    fn book(&mut self, tree: &ast::Accounts) -> AccountBook {
        let metric =
            self.find_metric(&tree.metric).filter(|metric| self.can_be_kept(*metric, tree.metric.span));
        let mut retain = Once::default();
        for statement in &tree.body {
            if let AccountsStatement::Retain(rate) = statement {
                let retention = self.retention(rate);
                retain.set(self, "retain", retention, rate.span);
            }
        }
        let said = retain.span().is_some();
        let retain = retain.value().flatten();
        let mut accounts: Vec<Account> = Vec::new();
        let mut titles: HashMap<&str, Span> = HashMap::new();
        let mut whole_at = None;
        if let Some(from) = &tree.from {
            let first = self.account_table(metric, retain.as_ref(), from, &mut accounts);
            whole_at = first.filter(|_| !said);
        }
        let any_written = tree.body.iter().any(|said| matches!(said, AccountsStatement::Account(_)));
        let read: HashMap<String, Span> = if any_written {
            accounts.iter().map(|account| (account.title.clone(), account.place.span)).collect()
        } else {
            HashMap::new()
        };
        for statement in &tree.body {
            let AccountsStatement::Account(account) = statement else { continue };
            let title = account.title.value.as_str();
            match titles.get(title).or_else(|| read.get(title)).copied() {
                Some(first) => {
                    let message = Message::AccountTwice { title: account.title.value.clone() };
                    self.twice(message, account.title.span, first);
                }
                None => {
                    titles.insert(&account.title.value, account.title.span);
                }
            }
            let (resolved, own) = self.account(metric, retain.as_ref(), account);
            if !own && !said && whole_at.is_none() {
                whole_at = Some(account.title.span);
            }
            accounts.extend(resolved);
        }
        if let Some(span) = whole_at.filter(|_| metric.is_some()) {
            self.say(Message::RetainedWhole { book: plain(&tree.name) }, span);
        }
        AccountBook {
            name: plain(&tree.name),
            title: tree.title.as_ref().map(|title| title.value.clone()),
            place: self.place(tree.name.span),
            metric: metric.unwrap_or(MetricId(u32::MAX)),
            accounts,
        }
    }

    /// Business is an amount that adds up: what there is covers a part of a goal of the same kind, deals win one.
    pub(super) fn can_be_kept(&mut self, metric: MetricId, span: Span) -> bool {
        let Some(known) = self.plan.metrics.get(metric.index()) else { return false };
        let message = if known.formula.is_some() {
            Message::ComputedNotPlanned { metric: known.name.clone() }
        } else if !known.unit.is_shared() || known.total == Total::Last {
            Message::NotAFlow { metric: known.name.clone() }
        } else {
            return true;
        };
        self.say(message, span);
        false
    }

    fn retention(&mut self, said: &Rate) -> Option<Retention> {
        let part = self.rate_or_zero(said)?;
        Some(Retention { part, written: Some(said.value.clone()), place: self.place(said.span) })
    }

    /// The account, and whether it says a retention of its own.
    fn account(
        &mut self,
        metric: Option<MetricId>,
        book: Option<&Retention>,
        said: &ast::Account,
    ) -> (Option<Account>, bool) {
        let mut retain = Once::default();
        let mut owner = Once::default();
        let mut renews = Once::default();
        for statement in &said.body {
            match statement {
                AccountStatement::Retain(rate) => {
                    let retention = self.retention(rate);
                    retain.set(self, "retain", retention, rate.span);
                }
                AccountStatement::Owner(name) => {
                    let person = self.find_person(name);
                    owner.set(self, "owner", person, name.span);
                }
                AccountStatement::Renews(date) => renews.set(self, "renews", date.value, date.span),
                AccountStatement::Broken(_) => {}
            }
        }
        let own = retain.span().is_some();
        let amount = metric.and_then(|metric| self.amount(metric, &said.amount));
        let place = self.place(said.span);
        let retention = retain.value().flatten().or_else(|| book.cloned());
        let account = amount.map(|amount| Account {
            title: said.title.value.clone(),
            amount,
            retention: retention.unwrap_or(Retention::whole(place)),
            owner: owner.value().flatten(),
            renews: renews.value(),
            place,
        });
        (account, own)
    }
}
