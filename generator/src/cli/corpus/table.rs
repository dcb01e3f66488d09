//! The rows as tab-separated values.

use std::collections::BTreeMap;

use super::row::Row;

/// The columns that every table has; a column for each check follows.
pub(super) const COLUMNS: [&str; 12] = [
    "document",
    "bytes",
    "operations",
    "emitted",
    "types",
    "schemas",
    "opaque",
    "why opaque",
    "diagnostics",
    "CPU seconds",
    "peak memory (MB)",
    "lines",
];

/// A header and a line for each row.
pub(super) fn text(rows: &[Row]) -> String {
    let mut text = String::new();
    let mut line = |cells: Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace(['\t', '\n', '\r'], " ")).collect();
        text.push_str(&cells.join("\t"));
        text.push('\n');
    };
    line(
        COLUMNS
            .iter()
            .map(|name| (*name).to_owned())
            .chain(checks(rows))
            .chain(["refused".to_owned()])
            .collect(),
    );
    for row in rows {
        let names = checks(rows);
        let found = names.iter().map(|name| {
            let found = row.checks.iter().find(|(known, _)| known == name);
            found.map(|(_, found)| found.to_string()).unwrap_or_default()
        });
        line(cells(row).into_iter().chain(found).chain([row.refused.clone().unwrap_or_default()]).collect());
    }
    text
}

/// The checks that were made.
pub(super) fn checks(rows: &[Row]) -> Vec<String> {
    let all = rows.iter().map(|row| &row.checks).max_by_key(|checks| checks.len());
    all.into_iter().flatten().map(|(name, _)| (*name).to_owned()).collect()
}

/// What stands in [`COLUMNS`].
pub(super) fn cells(row: &Row) -> Vec<String> {
    let megabytes = |bytes: u64| format!("{}.{}", bytes / 1_000_000, bytes / 100_000 % 10);
    vec![
        row.document.clone(),
        row.bytes.to_string(),
        row.operations.to_string(),
        row.emitted.to_string(),
        row.types.to_string(),
        row.schemas.to_string(),
        row.opaque_places().to_string(),
        tally(&row.opaque),
        tally(&row.codes),
        row.cpu_seconds.map(|seconds| format!("{seconds:.2}")).unwrap_or_default(),
        row.peak_bytes.map(megabytes).unwrap_or_default(),
        row.lines.to_string(),
    ]
}

/// `12 untyped-value, 3 unsupported-schema`, the most frequent first.
fn tally(counts: &BTreeMap<String, usize>) -> String {
    let mut all: Vec<(&String, &usize)> = counts.iter().collect();
    all.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), *name));
    all.into_iter().map(|(name, count)| format!("{count} {name}")).collect::<Vec<_>>().join(", ")
}
