//! The rows as a page to look at: one file, without anything from elsewhere.

use std::fmt::Write as _;

use super::row::Row;
use super::table::{COLUMNS, cells, checks};

const STYLE: &str = "body{font:14px/1.4 system-ui,sans-serif;margin:2rem}table{border-collapse:collapse}\
th,td{padding:.2rem .6rem;border-bottom:1px solid #ddd;text-align:right;vertical-align:top}\
th{cursor:pointer;position:sticky;top:0;background:#fff}td:first-child,th:first-child,td.text{text-align:left}\
td.text{max-width:26rem;overflow-wrap:anywhere;color:#555}tr.bad td:first-child{color:#b00020;font-weight:600}\
.bar{display:block;height:.5rem;background:#3b82c4;min-width:1px}.bar i{display:block;height:100%;background:#d98e04}\
@media (prefers-color-scheme:dark){body,th{background:#111;color:#eee}td.text{color:#aaa}th,td{border-color:#333}}";

/// Sorts by the column whose head is clicked, numbers as numbers.
const SCRIPT: &str = "for(const[i,h]of[...document.querySelectorAll('th')].entries())h.onclick=()=>{\
const b=document.querySelector('tbody'),d=h.dataset.d=h.dataset.d==='1'?'-1':'1',v=r=>r.cells[i].dataset.v??r.cells[i].textContent;\
[...b.rows].sort((x,y)=>d*v(x).localeCompare(v(y),'en',{numeric:true})).forEach(r=>b.append(r))}";

/// A sortable table; the bar of a document is as long as its time, and what part of its operations is left out is marked in it.
pub(super) fn text(rows: &[Row]) -> String {
    let most = rows.iter().filter_map(|row| row.cpu_seconds).fold(0.01, f64::max);
    let names = checks(rows);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Corpus</title>\n<style>{STYLE}</style>\n\
         <h1>{} documents</h1>\n<table>\n<thead><tr>",
        rows.len()
    );
    let heads = COLUMNS.iter().map(|name| (*name).to_owned()).chain(names.clone());
    for head in heads.chain(["time".to_owned(), "fault".to_owned()]) {
        _ = write!(page, "<th>{}", escaped(&head));
    }
    page.push_str("\n<tbody>\n");
    for row in rows {
        page.push_str(if row.is_good() { "<tr>" } else { "<tr class=\"bad\">" });
        for (name, cell) in COLUMNS.iter().zip(cells(row)) {
            let class = if matches!(*name, "why opaque" | "diagnostics") { " class=\"text\"" } else { "" };
            _ = write!(page, "<td{class}>{}", escaped(&cell));
        }
        for name in &names {
            let found = row.checks.iter().find(|(known, _)| known == name);
            _ = write!(page, "<td>{}", found.map(|(_, found)| found.to_string()).unwrap_or_default());
        }
        let seconds = row.cpu_seconds.unwrap_or_default();
        let width = 160.0 * seconds / most;
        let missing = 100 * (row.operations - row.emitted) / row.operations.max(1);
        _ = write!(page, "<td data-v=\"{seconds}\"><span class=\"bar\" style=\"width:{width:.0}px\">");
        let fault = escaped(&row.fault());
        _ = writeln!(page, "<i style=\"width:{missing}%\"></i></span><td class=\"text\">{fault}");
    }
    _ = write!(page, "</table>\n<script>{SCRIPT}</script>\n</html>\n");
    page
}

/// Text that is no markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::super::row::Row;
    use super::text;

    #[test]
    fn no_word_of_a_document_becomes_markup() {
        let row = Row {
            document: "<script>\"&".to_owned(),
            refused: Some("</table>".to_owned()),
            ..Row::default()
        };
        let page = text(&[row]);
        assert!(page.contains("<td>&lt;script&gt;&quot;&amp;") && page.matches("</table>").count() == 1);
    }
}
