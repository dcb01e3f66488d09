//! Tables of JSON: the items of a list in rows, their members in columns.
//!
//! The items of an object that holds one list, such as a page, are those of the list. What the members of items of JSON:API
//! (`attributes`) hold stands in columns of its own, for it is what the item is about.

use super::super::{Json, JsonObject};

/// The widest column of a table.
const WIDEST: usize = 40;

/// The items of a value: of a list, of the one list that an object holds at `data`, `items` or anywhere, or the value itself.
pub(super) fn items(value: &Json) -> Vec<&Json> {
    match value {
        Json::Array(items) => items.iter().collect(),
        Json::Object(members) => {
            let lists: Vec<&Vec<Json>> = members.values().filter_map(Json::as_array).collect();
            match (members.get("data"), lists.as_slice()) {
                (Some(Json::Array(items)), _) => items.iter().collect(),
                (Some(data @ Json::Object(_)), _) => vec![data],
                (_, [only]) if only.iter().all(Json::is_object) => only.iter().collect(),
                _ => vec![value],
            }
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => vec![value],
    }
}

/// Columns by the order in which they first occur, and a row of cells for each item.
fn cells(value: &Json) -> (Vec<String>, Vec<Vec<String>>) {
    let rows: Vec<Vec<(String, String)>> = items(value).into_iter().map(row).collect();
    let mut columns: Vec<String> = Vec::new();
    for (name, _) in rows.iter().flatten() {
        if !columns.contains(name) {
            columns.push(name.clone());
        }
    }
    let cell = |row: &[(String, String)], column: &String| {
        row.iter().find(|(name, _)| name == column).map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let rows = rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect();
    (columns, rows)
}

fn row(item: &Json) -> Vec<(String, String)> {
    let Json::Object(members) = item else { return vec![("value".to_owned(), text(item))] };
    let mut cells = Vec::new();
    for (name, value) in members {
        match value {
            Json::Object(inner) if name == "attributes" => cells.extend(inner.iter().map(cell)),
            Json::Object(inner) if is_decoration(name, inner) => {}
            _ => cells.push(cell((name, value))),
        }
    }
    cells
}

/// Whether a member says where else to look and nothing of the item.
fn is_decoration(name: &str, members: &JsonObject) -> bool {
    members.is_empty() || matches!(name, "links" | "relationships")
}

fn cell((name, value): (&String, &Json)) -> (String, String) {
    (name.clone(), text(value))
}

fn text(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => value.to_string(),
    }
}

/// The items as a table for people; nothing of a text can move the cursor.
pub(super) fn table(value: &Json) -> String {
    let (columns, rows) = cells(value);
    let shown: Vec<Vec<String>> =
        [columns].iter().chain(&rows).map(|row| row.iter().map(|cell| short(cell)).collect()).collect();
    let count = shown.first().map_or(0, Vec::len);
    let width = |at: usize| shown.iter().map(|row| row[at].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..count).map(width).collect();
    let mut lines = String::new();
    for row in &shown {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        lines.push_str(cells.join("  ").trim_end());
        lines.push('\n');
    }
    lines
}

fn short(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if line.chars().count() <= WIDEST {
        return line;
    }
    line.chars().take(WIDEST - 1).chain(['…']).collect()
}

/// The items as comma-separated values with a header (RFC 4180).
pub(super) fn csv(value: &Json) -> String {
    let (columns, rows) = cells(value);
    let mut lines = String::new();
    for row in [columns].iter().chain(&rows) {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        lines.push_str(&cells.join(","));
        lines.push_str("\r\n");
    }
    lines
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\r', '\n']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text.to_owned()
}
