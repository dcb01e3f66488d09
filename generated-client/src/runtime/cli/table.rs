//! Tables of JSON: the items of a list in rows, their members in columns. No member is lost but what a page says of itself and
//! where an item of JSON:API says that others are, or those beside it.
//!
//! What the attributes of an item hold stands in columns of its own, for it is what the item is about.

use super::super::{Json, JsonObject};
use super::output::line;

/// The widest column of a table.
const WIDEST: usize = 40;

/// The items of a value: of a list, of a page, which has them at `place` if that is known, or the value itself.
pub(super) fn items<'v>(value: &'v Json, place: Option<&str>) -> Vec<&'v Json> {
    if let Some(Json::Array(items)) = place.and_then(|place| value.pointer(place)) {
        return items.iter().collect();
    }
    match value {
        Json::Array(items) => items.iter().collect(),
        Json::Object(members) => match (listed(members), members.get("data")) {
            (Some(items), _) => items.iter().collect(),
            (None, Some(data)) if is_only_wrapped(members, data) => vec![data],
            (None, _) => vec![value],
        },
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => vec![value],
    }
}

/// The items of an object that can be nothing but a page: one list of objects, and what pages say of themselves.
fn listed(members: &JsonObject) -> Option<&Vec<Json>> {
    let is_beside = |name: &str| name == "included" && members.get("data").is_some_and(is_of_resources);
    let known = || members.iter().filter(|(name, _)| !is_beside(name));
    let mut lists = known().filter_map(|(_, value)| value.as_array());
    let (items, None) = (lists.next()?, lists.next()) else { return None };
    let mut others = known().filter(|(_, value)| !value.is_array());
    let is_page = items.iter().all(Json::is_object) && others.all(|(name, value)| is_of_pages(name, value));
    is_page.then_some(items)
}

/// Whether `data` is all that an object is about: it stands alone, or is an item of JSON:API.
fn is_only_wrapped(members: &JsonObject, data: &Json) -> bool {
    let Json::Object(inner) = data else { return false };
    let is_known =
        |name: &String| matches!(name.as_str(), "data" | "included" | "links" | "meta" | "jsonapi");
    members.len() == 1 || (is_resource(inner) && members.keys().all(is_known))
}

/// Whether a member says something of a page and nothing of an item.
fn is_of_pages(name: &str, value: &Json) -> bool {
    const NAMES: &str = " links meta metadata jsonapi next prev previous cursor nextcursor prevcursor previouscursor startcursor \
        endcursor nextpage prevpage previouspage nextlink nexturl nexttoken nextpagetoken continuationtoken pagination paging \
        page pageinfo pagenumber pagesize pagecount perpage currentpage limit offset count total totalcount totalpages \
        totalitems totalresults hasmore hasnext hasprevious hasnextpage haspreviouspage ";
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let is_named = !plain.is_empty() && NAMES.contains(&format!(" {} ", plain.to_ascii_lowercase()));
    is_named || name.starts_with("@odata.") || (name == "object" && value == "list")
}

/// Whether a value is a list of items of JSON:API.
fn is_of_resources(value: &Json) -> bool {
    let is_one = |item: &Json| item.as_object().is_some_and(is_resource);
    value.as_array().is_some_and(|items| items.iter().all(is_one))
}

/// Whether an item is one of JSON:API.
fn is_resource(members: &JsonObject) -> bool {
    let is_known = |name: &String| {
        matches!(name.as_str(), "type" | "id" | "lid" | "attributes" | "relationships" | "links" | "meta")
    };
    let mut told = ["attributes", "relationships"].into_iter().filter_map(|name| members.get(name));
    members.get("type").is_some_and(Json::is_string)
        && told.any(Json::is_object)
        && members.keys().all(is_known)
}

/// What stands in a column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column<'v> {
    /// Items that have no members.
    Whole,
    /// A member of items.
    Member(&'v str),
    /// A member of the member `attributes` of items.
    Attribute(&'v str),
}

/// The names of columns, by the order in which they first occur, and a row of cells for each item.
fn cells(value: &Json, place: Option<&str>) -> (Vec<String>, Vec<Vec<String>>) {
    let rows: Vec<Vec<(Column<'_>, String)>> = items(value, place).into_iter().map(row).collect();
    let mut columns: Vec<Column<'_>> = Vec::new();
    for (column, _) in rows.iter().flatten() {
        if !columns.contains(column) {
            columns.push(*column);
        }
    }
    let cell = |row: &[(Column<'_>, String)], column: &Column<'_>| {
        row.iter().find(|(known, _)| known == column).map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let rows = rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect();
    (columns.iter().map(|column| name(*column, &columns)).collect(), rows)
}

/// The name of a column; one that is taken by a member of items gets its path.
fn name(column: Column<'_>, columns: &[Column<'_>]) -> String {
    match column {
        Column::Whole => "value".to_owned(),
        Column::Member(name) => name.to_owned(),
        Column::Attribute(name) => {
            let mut path = name.to_owned();
            while columns.contains(&Column::Member(&path)) {
                path = format!("attributes.{path}");
            }
            path
        }
    }
}

fn row(item: &Json) -> Vec<(Column<'_>, String)> {
    let Json::Object(members) = item else { return vec![(Column::Whole, text(item))] };
    if members.is_empty() {
        return vec![(Column::Whole, text(item))];
    }
    let is_resource = is_resource(members);
    let mut cells = Vec::new();
    for (name, value) in members {
        match value {
            Json::Object(inner) if name == "attributes" && (is_resource || !inner.is_empty()) => {
                cells.extend(inner.iter().map(|(name, value)| (Column::Attribute(name), text(value))));
            }
            Json::Object(_) if is_resource && matches!(name.as_str(), "links" | "relationships") => {}
            _ => cells.push((Column::Member(name), text(value))),
        }
    }
    cells
}

fn text(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => line(value),
    }
}

/// The items as a table for people; nothing of a text can move the cursor.
pub(super) fn table(value: &Json, place: Option<&str>) -> String {
    let (columns, rows) = cells(value, place);
    if rows.is_empty() {
        return String::new();
    }
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
pub(super) fn csv(value: &Json, place: Option<&str>) -> String {
    let (columns, rows) = cells(value, place);
    if rows.is_empty() {
        return String::new();
    }
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

#[cfg(test)]
mod tests {
    use super::{Json, csv, items};

    fn check(value: &str, place: Option<&str>, expected: &str) {
        let value: Json = serde_json::from_str(value).unwrap_or_default();
        assert_eq!(csv(&value, place).replace("\r\n", "\n"), expected, "{value}");
    }

    #[test]
    fn an_object_with_lists_is_one_row_unless_it_is_a_page() {
        check(r#"{"id":1,"name":"doggie","photoUrls":[]}"#, None, "id,name,photoUrls\n1,doggie,[]\n");
        check(
            r#"{"id":1,"lineItems":[{"sku":"a"}]}"#,
            None,
            "id,lineItems\n1,\"[{\"\"sku\"\":\"\"a\"\"}]\"\n",
        );
        check(
            r#"{"first":"Ada","last":"L","pets":[{"a":1}]}"#,
            None,
            "first,last,pets\nAda,L,\"[{\"\"a\"\":1}]\"\n",
        );
        check(
            r#"{"items":[{"a":1}],"others":[{"b":1}]}"#,
            None,
            "items,others\n\"[{\"\"a\"\":1}]\",\"[{\"\"b\"\":1}]\"\n",
        );
        check(
            r#"{"data":[{"type":"a","id":"1","attributes":{"n":2}}],"included":[{"type":"b","id":"2"}]}"#,
            None,
            "type,id,n\na,1,2\n",
        );
        check(r#"{"rooms":[{"a":1}],"has_more":true,"next_cursor":null,"total":1}"#, None, "a\n1\n");
        check(r#"{"object":"list","data":[{"a":1},{"b":2}],"hasMore":true}"#, None, "a,b\n1,\n,2\n");
        // Where an operation is known to give pages, their members may be called as they like.
        check(r#"{"shown":5,"out":{"rows":[{"a":1},2]}}"#, Some("/out/rows"), "a,value\n1,\n,2\n");
    }

    #[test]
    fn columns_lose_no_member() {
        check(
            r#"[{"name":"own","attributes":{"name":"inner","size":1}},{"attributes":{"name":"b"}}]"#,
            None,
            "name,attributes.name,size\nown,inner,1\n,b,\n",
        );
        check(
            r#"[{"links":{"self":"x"},"relationships":{"a":1},"attributes":{}}]"#,
            None,
            "links,relationships,attributes\n\"{\"\"self\"\":\"\"x\"\"}\",\"{\"\"a\"\":1}\",{}\n",
        );
        let resource = r#"{"id":"1","type":"rooms","attributes":{"name":"b"},"links":{"self":"x"}}"#;
        let shown = "id,type,name\n1,rooms,b\n";
        check(&format!("[{resource}]"), None, shown);
        check(&format!(r#"{{"data":{resource},"links":{{}}}}"#), None, shown);
        check(
            &format!(r#"{{"data":{resource},"more":1}}"#).replace("\"type\":\"rooms\",", ""),
            None,
            "data,more\n\"{\"\"id\"\":\"\"1\"\",\"\"attributes\"\":{\"\"name\"\":\"\"b\"\"},\"\"links\"\":{\"\"self\"\":\"\"x\"\"}}\",1\n",
        );
    }

    #[test]
    fn an_empty_list_has_no_rows() {
        for empty in ["[]", r#"{"data":[],"meta":{}}"#] {
            check(empty, None, "");
            assert_eq!(super::table(&serde_json::from_str(empty).unwrap_or_default(), None), "");
            assert_eq!(items(&serde_json::from_str(empty).unwrap_or_default(), None).len(), 0);
        }
        check("[{}, 5]", None, "value\n{}\n5\n");
    }
}
