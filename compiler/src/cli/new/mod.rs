//! `milepost new`

mod period;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use self::period::Period;
use super::today::today;
use super::{finish, print};
use crate::disk::reason;

/// Starts a plan: writes one that builds as it is, with a comment wherever it asks for your own
#[derive(Args, Debug)]
pub struct New {
    /// What the plan is called, or the file or folder to write it to [default: the template's name]
    #[arg(value_name = "NAME")]
    path: Option<PathBuf>,
    /// What kind of plan
    #[arg(long, value_enum, default_value_t = Template::Sales)]
    template: Template,
    /// The language of its texts and names
    #[arg(long, value_enum, default_value_t = Language::En)]
    lang: Language,
    /// The time it is for: a month, quarter, half or year, such as 2027-Q1 [default: this quarter, or the next one
    /// when more than half of this is over]
    #[arg(long, value_name = "PERIOD", value_parser = Period::parse)]
    period: Option<Period>,
}

/// The plans that there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Template {
    /// From a revenue target to visits and calls for every day
    Sales,
    /// Objectives and key results, and what serves what
    Okr,
    /// So much every week, and what that takes
    Weekly,
}

/// The languages they are written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Language {
    /// English
    En,
    /// 中文
    Zh,
}

impl Template {
    /// The plan, for the first quarter of 2026 and called `my-plan`.
    const fn text(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Sales, Language::En) => include_str!("templates/sales.en.plan"),
            (Self::Sales, Language::Zh) => include_str!("templates/sales.zh.plan"),
            (Self::Okr, Language::En) => include_str!("templates/okr.en.plan"),
            (Self::Okr, Language::Zh) => include_str!("templates/okr.zh.plan"),
            (Self::Weekly, Language::En) => include_str!("templates/weekly.en.plan"),
            (Self::Weekly, Language::Zh) => include_str!("templates/weekly.zh.plan"),
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Sales => "sales",
            Self::Okr => "okr",
            Self::Weekly => "weekly",
        }
    }
}

impl New {
    /// Writes the plan. Exit code 1 where the file is there already or cannot be written.
    #[must_use]
    pub fn run(&self) -> ExitCode {
        finish(self.write())
    }

    fn write(&self) -> Result<ExitCode, String> {
        let path = self.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let period = self.period.unwrap_or_else(|| Period::worth_planning(today(None)));
        let text = fill(self.template.text(self.lang), &name(stem, self.template), period);
        create(&path, &text)?;
        let shown = path.display().to_string();
        let shown = if shown.contains(char::is_whitespace) { format!("\"{shown}\"") } else { shown };
        print(|out| {
            writeln!(out, "wrote {} for {period}", path.display())?;
            writeln!(out, "next: milepost build {shown} --out out")
        })?;
        Ok(ExitCode::SUCCESS)
    }

    /// The file to write. A name is one in the current folder; what has no ending gets `.plan`.
    fn path(&self) -> PathBuf {
        let own = || PathBuf::from(format!("{}.plan", self.template.name()));
        match &self.path {
            None => own(),
            Some(folder) if folder.is_dir() => folder.join(own()),
            Some(path) if path.extension().is_some_and(|ending| ending == "plan") => path.clone(),
            Some(path) => {
                let mut path = path.clone().into_os_string();
                path.push(".plan");
                PathBuf::from(path)
            }
        }
    }
}

/// Writes a file that is not there yet, and the folders on the way to it.
fn create(path: &Path, text: &str) -> Result<(), String> {
    let error = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            format!("`{}` is there already, and was left as it is; give another name", path.display())
        }
        _ => format!("cannot write `{}`: {}", path.display(), reason(&error)),
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(error)?;
    }
    let mut file = File::create_new(path).map_err(error)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|said| {
        // Half a plan is worse than none.
        let _ = fs::remove_file(path);
        error(said)
    })
}

/// What a plan in a file of that name is called: `Q1 north` is `Q1-north`.
fn name(stem: &str, template: Template) -> String {
    let plain: String = stem.chars().map(|sign| if sign.is_alphanumeric() { sign } else { '-' }).collect();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    let name = parts.join("-");
    let fits = |name: &str| {
        milepost_grammar::parse(&format!("plan {name} {{ period 2026 }}\n")).errors().next().is_none()
    };
    // A name begins with a letter.
    [name.clone(), format!("plan-{name}")]
        .into_iter()
        .find(|name| fits(name))
        .unwrap_or_else(|| template.name().to_owned())
}

/// The template with its name and days replaced. All at once: one new day may look like another's old one.
fn fill(template: &str, name: &str, period: Period) -> String {
    let words = [
        ("my-plan", name.to_owned()),
        ("2026-Q1", period.to_string()),
        ("2026-01-31", period.third(1).to_string()),
        ("2026-02-01", period.third(1).succ_opt().unwrap_or_default().to_string()),
        ("2026-02-28", period.third(2).to_string()),
        ("2025-", format!("{:04}-", period.year() - 1)),
    ];
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(first) = rest.chars().next() {
        let found = words.iter().find(|(old, _)| rest.starts_with(old));
        let length = match found {
            Some((old, new)) => {
                text.push_str(new);
                old.len()
            }
            None => {
                text.push(first);
                first.len_utf8()
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_called_as_its_file() {
        for (stem, expected) in [
            ("north", "north"),
            ("Q1 north", "Q1-north"),
            ("北区_2027", "北区-2027"),
            ("2027-q1", "plan-2027-q1"),
            ("--", "sales"),
            ("😀", "sales"),
            ("a\"b{c", "a-b-c"),
        ] {
            assert_eq!(name(stem, Template::Sales), expected, "{stem}");
        }
    }
}
