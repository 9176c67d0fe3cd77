//! How results are printed: tables and text for people, JSON for scripts.

use clap::ValueEnum;
use comfy_table::presets::NOTHING;
use comfy_table::{ContentArrangement, Table};
use serde_json::Value;

use super::print;

/// For whom it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Output {
    /// For people: text and tables
    #[default]
    Text,
    /// For scripts: JSON, one value, or one a line for what goes on
    Json,
}

/// Rows below a head, in columns.
pub(super) fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_style(NOTHING).set_content_arrangement(ContentArrangement::Disabled).set_header(head);
    rows.into_iter().for_each(|row| {
        table.add_row(row);
    });
    let lines = table.lines().map(|line| line.trim().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

/// A list: as a table, or as an array of objects.
pub(super) fn list(output: Output, head: &[&str], rows: Vec<(Vec<String>, Value)>, nothing: &str) {
    match output {
        Output::Json => {
            let all = rows.into_iter().map(|(_, value)| value).collect();
            print::result(format_args!("{:#}", Value::Array(all)));
        }
        Output::Text if rows.is_empty() => print::progress(nothing),
        Output::Text => print::result(table(head, rows.into_iter().map(|(row, _)| row))),
    }
}

/// The first line of a text, and not too much of it.
pub(super) fn brief(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_what_is_in_them() {
        let rows = [vec!["add".to_owned(), "hello".to_owned()], vec!["größer".to_owned(), "x".to_owned()]];
        let printed = table(&["NAME", "APP"], rows);
        let lines: Vec<&str> = printed.lines().collect();
        assert_eq!(lines.len(), 3);
        let column = |line: &str, word: &str| line[..line.find(word).expect("it is there")].chars().count();
        assert_eq!(column(lines[0], "APP"), column(lines[1], "hello"));
        assert_eq!(column(lines[0], "APP"), column(lines[2], "x"));
    }

    #[test]
    fn a_text_is_cut_to_its_beginning() {
        assert_eq!(brief("one\ntwo"), "one");
        assert_eq!(brief(&"ü".repeat(100)).chars().count(), 61);
    }
}
