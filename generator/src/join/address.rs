//! Addresses, and what references relative to them lead to (RFC 3986, section 5), for paths as for URLs.

/// The address and the fragment that `reference`, which stands at `base`, leads to.
///
/// Of a file the steps are decoded and written with `/`; of a URL they are left as they are.
pub(crate) fn resolve(base: &str, reference: &str) -> (String, String) {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let path = path.replace('\\', "/");
    if path.is_empty() {
        return (base.to_owned(), fragment.to_owned());
    }
    let address = match (scheme(&path), scheme(base)) {
        (Some("file"), _) => file(path.trim_start_matches("file:")),
        (Some(_), _) => url(&path),
        (None, Some(scheme)) if scheme != "file" => url(&beside(base, &path)),
        (None, _) if path.starts_with('/') => tidy(&decode(&path)),
        (None, _) => tidy(&format!("{}{}", directory(base), decode(&path))),
    };
    (address, fragment.to_owned())
}

/// The address of the file called `name`.
pub(crate) fn of_file(name: &str) -> String {
    tidy(&name.replace('\\', "/"))
}

/// Whether `address` is on the web.
pub(crate) fn is_remote(address: &str) -> bool {
    matches!(scheme(address), Some("http" | "https"))
}

/// Whether `address` has a scheme, so that it is no path.
pub(crate) fn is_url(address: &str) -> bool {
    scheme(address).is_some()
}

/// An address up to and with its last slash.
pub(crate) fn directory(address: &str) -> &str {
    address.rfind('/').map_or("", |at| &address[..=at])
}

/// The text with percent-encoding undone, if that gives text.
pub(crate) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, behind)) = rest.split_first() {
        let digits = (*byte == b'%').then(|| behind.get(..2)).flatten();
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        let code = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let code = code.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(code.unwrap_or(*byte));
        rest = if code.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// `https` of `https://…`. A single letter is a drive.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    let is_scheme = scheme.len() > 1 && scheme.starts_with(|first: char| first.is_ascii_alphabetic());
    (is_scheme && scheme.bytes().all(is_letter)).then_some(scheme)
}

/// `//host/path` is that path; other hosts than the own have no files.
fn file(path: &str) -> String {
    let path = path.strip_prefix("//").map_or(path, |rest| &rest[rest.find('/').unwrap_or(rest.len())..]);
    tidy(&decode(path))
}

/// The URL at `path`, seen from `base`.
fn beside(base: &str, path: &str) -> String {
    let Some((scheme, rest)) = base.split_once("://") else { return path.to_owned() };
    let (host, own) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    match path {
        _ if path.starts_with("//") => format!("{scheme}:{path}"),
        _ if path.starts_with('/') => format!("{scheme}://{host}{path}"),
        _ if own.is_empty() => format!("{scheme}://{host}/{path}"),
        _ => format!("{scheme}://{host}{}{path}", directory(own)),
    }
}

/// A URL without dot segments.
fn url(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (path, query) = path.split_at(path.find('?').unwrap_or(path.len()));
    format!("{}://{}{}{query}", scheme.to_ascii_lowercase(), host.to_ascii_lowercase(), tidy(path))
}

/// A path without dot segments, but for those it begins with.
fn tidy(path: &str) -> String {
    let is_absolute = path.starts_with('/');
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match (step, steps.last()) {
            ("" | ".", _) => {}
            ("..", Some(last)) if *last != ".." => {
                steps.pop();
            }
            ("..", None) if is_absolute => {}
            _ => steps.push(step),
        }
    }
    let slash = if path.ends_with('/') && !steps.is_empty() { "/" } else { "" };
    format!("{}{}{slash}", if is_absolute { "/" } else { "" }, steps.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{of_file, resolve};

    #[track_caller]
    fn check(base: &str, reference: &str, address: &str, fragment: &str) {
        assert_eq!(resolve(base, reference), (address.to_owned(), fragment.to_owned()), "{base} {reference}");
    }

    #[test]
    fn paths_are_relative_to_the_file_they_stand_in() {
        check("spec/api.yaml", "./schemas/pet.yaml#/Pet", "spec/schemas/pet.yaml", "/Pet");
        check("spec/schemas/pet.yaml", "../api.yaml#/components", "spec/api.yaml", "/components");
        check("api.yaml", "../common.yaml", "../common.yaml", "");
        check("../x/api.yaml", "../../y.yaml", "../../y.yaml", "");
        check("/srv/api.yaml", "../../../etc/passwd", "/etc/passwd", "");
        check("spec/api.yaml", "#/a", "spec/api.yaml", "/a");
        check("spec/api.yaml", "/srv/pet.yaml", "/srv/pet.yaml", "");
        check("spec/api.yaml", "file:///srv/a%20pet.yaml#x", "/srv/a pet.yaml", "x");
        check("spec/api.yaml", "my%20pet.yaml#/a%20b", "spec/my pet.yaml", "/a%20b");
        check("spec/api.yaml", "%2e%2e/%2e%2e/etc/passwd", "../etc/passwd", "");
        check("spec/api.yaml", r"schemas\pet.yaml", "spec/schemas/pet.yaml", "");
        assert_eq!(of_file(r".\spec\./api.yaml"), "spec/api.yaml");
    }

    #[test]
    fn urls_are_relative_to_the_url_they_stand_at() {
        check("https://x.test/a/b.yaml", "../c.yaml#/d", "https://x.test/c.yaml", "/d");
        check("https://x.test/a/b.yaml", "/c.yaml", "https://x.test/c.yaml", "");
        check("https://x.test", "c.yaml", "https://x.test/c.yaml", "");
        check("https://x.test/a", "//y.test/c?d=../e", "https://y.test/c?d=../e", "");
        check("spec/api.yaml", "HTTPS://X.test/a/../b.yaml", "https://x.test/b.yaml", "");
        check("spec/api.yaml", "urn:example:pet", "urn:example:pet", "");
    }
}
