//! The part of a client that a test is about.

use clientsmith::write::OutputFile;

/// The definitions of the type `name`: the struct, enum or alias, and what it can do besides serde's traits.
pub(crate) fn ty(files: &[OutputFile], name: &str) -> String {
    let definitions =
        files.iter().filter(|file| file.path.starts_with("types/") && !file.path.ends_with("impls.rs"));
    let found: Vec<&str> = definitions.flat_map(items).filter(|item| is_about(item, name)).collect();
    assert!(!found.is_empty(), "there is no type `{name}`");
    found.join("\n\n")
}

/// The impls of serde's traits for the type `name`.
pub(crate) fn impls(files: &[OutputFile], name: &str) -> String {
    let impls =
        files.iter().filter(|file| file.path.starts_with("types/") && file.path.ends_with("impls.rs"));
    let found: Vec<&str> = impls.flat_map(items).filter(|item| is_about(item, name)).collect();
    assert!(!found.is_empty(), "there are no impls for `{name}`");
    found.join("\n\n")
}

/// The operation `group.method`: the method, its request builder without the ways out that every one has, and its answers.
pub(crate) fn operation(files: &[OutputFile], group: &str, method: &str) -> String {
    let path = format!("{group}.rs");
    let file =
        files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("there is no file `{path}`"));
    let start = format!("pub fn {method}(");
    let is_it =
        |item: &&str| header(item).contains(".client") || item.contains("client: &'a Client) -> Self");
    let own = items(file).into_iter().find(is_it).unwrap_or_default();
    let methods = members(own);
    let method =
        methods.iter().find(|item| item.contains(&start)).unwrap_or_else(|| panic!("there is no `{start}`"));
    let builder = method.split(") -> ").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default();
    let mut found = vec![(*method).to_owned()];
    for item in items(file) {
        let header = header(item);
        if header == format!("impl<'a> {builder}<'a> {{") {
            found.extend(members(item).into_iter().filter(|member| !is_way_out(member)).map(str::to_owned));
        } else if [
            format!("pub enum {builder}Error {{"),
            format!("pub enum {builder}Response {{"),
            format!("pub struct {builder}Headers {{"),
            format!("impl From<&runtime::Meta> for {builder}Headers {{"),
        ]
        .contains(&header.to_owned())
        {
            found.push(item.to_owned());
        }
    }
    found.join("\n\n")
}

/// How the operation `group.method` is described to the runtime.
pub(crate) fn description(files: &[OutputFile], group: &str, method: &str) -> String {
    let path = format!("{group}.rs");
    let file =
        files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("there is no file `{path}`"));
    let wanted = format!("name: \"{group}.{method}\",");
    let found = items(file).into_iter().find(|item| item.contains(&wanted));
    found.unwrap_or_else(|| panic!("there is no operation `{method}`")).to_owned()
}

/// The first item of a file whose code begins with `start`.
pub(crate) fn item(files: &[OutputFile], path: &str, start: &str) -> String {
    let file =
        files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("there is no file `{path}`"));
    let found = items(file).into_iter().find(|item| header(item).starts_with(start));
    found.unwrap_or_else(|| panic!("`{path}` has no item `{start}`")).to_owned()
}

/// A whole file.
pub(crate) fn file(files: &[OutputFile], path: &str) -> String {
    let file =
        files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("there is no file `{path}`"));
    file.contents.clone()
}

/// What there is: the path of each file with the types and functions in it that a caller sees.
pub(crate) fn outline(files: &[OutputFile]) -> String {
    let mut text = String::new();
    for file in files.iter().filter(|file| !["mod.rs", "impls.rs"].iter().any(|end| file.path.ends_with(end)))
    {
        text.push_str(&file.path);
        text.push('\n');
        for line in file.contents.lines() {
            let trimmed = line.trim_start();
            let declares = ["pub struct ", "pub enum ", "pub type ", "pub fn "];
            let is_boilerplate = is_way_out(trimmed) || trimmed.ends_with("Error {}");
            if declares.iter().any(|word| trimmed.starts_with(word)) && !is_boilerplate {
                text.push_str("    ");
                text.push_str(line.trim_end_matches([' ', '{']));
                text.push('\n');
            }
        }
    }
    text
}

/// Whether it is one of the methods that every request builder has.
fn is_way_out(member: &str) -> bool {
    [
        "pub fn query(mut self, name: &str",
        "pub fn header(mut self, name: &str",
        "pub fn timeout(mut self, timeout: std",
        "pub fn retry(mut self, retry: runtime::Retry",
        "pub fn idempotency_key(mut self, key: &str",
        "pub fn send(",
        "pub fn send_raw(",
    ]
    .iter()
    .any(|way_out| member.contains(way_out))
}

/// The items of a file: what stands between empty lines, and begins at the left margin.
fn items(file: &OutputFile) -> Vec<&str> {
    split(&file.contents, "\n\n", |rest| !rest.starts_with([' ', '}']))
}

/// The methods of an `impl`.
fn members(item: &str) -> Vec<&str> {
    let inside = item.split_once("{\n").map_or("", |(_, inside)| inside);
    let inside = inside.strip_suffix('}').unwrap_or(inside).trim_end();
    split(inside, "\n\n", |rest| rest.starts_with("    ") && !rest.starts_with("     "))
}

fn split<'t>(text: &'t str, separator: &str, begins: impl Fn(&str) -> bool) -> Vec<&'t str> {
    let mut items = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(separator) {
        let next = at + separator.len();
        if begins(&text[next..]) {
            items.push(text[start..at].trim_matches('\n'));
            start = next;
        }
    }
    items.push(text[start..].trim_matches('\n'));
    items
}

/// The first line of an item that is neither comment nor attribute.
fn header(item: &str) -> &str {
    item.lines().find(|line| !line.trim_start().starts_with(['/', '#'])).unwrap_or_default()
}

fn is_about(item: &str, name: &str) -> bool {
    let header = header(item);
    let words: Vec<&str> =
        header.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        ["pub", "struct" | "enum" | "type", found, ..] => *found == name,
        ["impl", ..] => header.ends_with(&format!(" {name} {{")),
        _ => false,
    }
}
