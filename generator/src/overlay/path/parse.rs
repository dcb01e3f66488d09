//! Text to segments: the outer half of RFC 9535's grammar. What stands in a filter is read by [`filter`](super::filter).

use super::syntax::{Reach, Segment, Selector};

/// The most brackets one inside the other.
const MAX_DEPTH: usize = 32;
/// The largest number of an index (RFC 9535, section 2.1: I-JSON's).
const MAX_INDEX: i64 = (1 << 53) - 1;

/// Why a text is no JSONPath expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::overlay) struct PathError {
    /// Where, in bytes.
    pub(in crate::overlay) at: usize,
    /// What should stand there or does not go.
    pub(in crate::overlay) problem: String,
}

pub(super) type Parsed<T> = Result<T, PathError>;

/// The segments of a whole expression.
pub(super) fn path(text: &str) -> Parsed<Vec<Segment>> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    if !parser.eat("$") {
        return Err(parser.expected("`$`, with which every expression begins,"));
    }
    let segments = parser.segments()?;
    if parser.peek().is_some() {
        return Err(parser.expected("`.`, `..` or `[`"));
    }
    Ok(segments)
}

/// A place in an expression.
pub(super) struct Parser<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    depth: usize,
}

impl<'t> Parser<'t> {
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Passes `token` if it comes next.
    pub(super) fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    /// Passes characters as long as they are of a kind.
    pub(super) fn eat_while(&mut self, is: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let length = rest.find(|character| !is(character)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// Passes what may stand between tokens.
    pub(super) fn blanks(&mut self) {
        self.eat_while(|character| matches!(character, ' ' | '\t' | '\n' | '\r'));
    }

    pub(super) fn expected(&self, what: &str) -> PathError {
        self.problem(format!("{what} is expected"))
    }

    pub(super) fn problem(&self, problem: impl Into<String>) -> PathError {
        PathError { at: self.at, problem: problem.into() }
    }

    /// What `parse` gives, one level deeper.
    pub(super) fn deeper<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth == MAX_DEPTH {
            return Err(self.problem(format!("brackets nest more than {MAX_DEPTH} levels deep")));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    pub(super) fn segments(&mut self) -> Parsed<Vec<Segment>> {
        let mut segments = Vec::new();
        loop {
            let before = self.at;
            self.blanks();
            let reach = if self.eat("..") { Reach::Descendant } else { Reach::Child };
            let selectors = match self.peek() {
                Some('[') => self.brackets()?,
                _ if reach == Reach::Descendant || self.eat(".") => vec![self.shorthand()?],
                _ => {
                    self.at = before;
                    return Ok(segments);
                }
            };
            segments.push(Segment { reach, selectors, end: self.at });
        }
    }

    /// `*` or a name without quotes.
    fn shorthand(&mut self) -> Parsed<Selector> {
        if self.eat("*") {
            return Ok(Selector::Wildcard);
        }
        let is_first =
            |character: char| character.is_ascii_alphabetic() || character == '_' || character >= '\u{80}';
        if !self.peek().is_some_and(is_first) {
            return Err(self.expected("a name or `*`"));
        }
        let name = self.eat_while(|character| is_first(character) || character.is_ascii_digit());
        Ok(Selector::Name(name.to_owned()))
    }

    /// `[…]`
    fn brackets(&mut self) -> Parsed<Vec<Selector>> {
        self.deeper(|parser| {
            let mut selectors = Vec::new();
            parser.eat("[");
            loop {
                parser.blanks();
                selectors.push(parser.selector()?);
                parser.blanks();
                if parser.eat("]") {
                    return Ok(selectors);
                }
                if !parser.eat(",") {
                    return Err(parser.expected("`]` or `,`"));
                }
            }
        })
    }

    fn selector(&mut self) -> Parsed<Selector> {
        match self.peek() {
            Some('\'' | '"') => self.string().map(Selector::Name),
            Some('*') => {
                self.at += 1;
                Ok(Selector::Wildcard)
            }
            Some('?') => {
                self.at += 1;
                self.blanks();
                self.condition().map(Selector::Filter)
            }
            Some(':' | '-' | '0'..='9') => self.index_or_slice(),
            _ => Err(self.expected("a name in quotes, an index, `*` or `?`")),
        }
    }

    fn index_or_slice(&mut self) -> Parsed<Selector> {
        let start = self.index()?;
        let after_start = self.at;
        self.blanks();
        if !self.eat(":") {
            self.at = after_start;
            return start.map(Selector::Index).ok_or_else(|| self.expected("an index"));
        }
        self.blanks();
        let end = self.index()?;
        self.blanks();
        let mut step = None;
        if self.eat(":") {
            self.blanks();
            step = self.index()?;
        }
        Ok(Selector::Slice { start, end, step: step.unwrap_or(1) })
    }

    /// A whole number, if one comes next.
    fn index(&mut self) -> Parsed<Option<i64>> {
        let start = self.at;
        let is_negative = self.eat("-");
        let digits = self.eat_while(|character| character.is_ascii_digit());
        if digits.is_empty() && !is_negative {
            return Ok(None);
        }
        let is_canonical =
            !digits.is_empty() && (!digits.starts_with('0') || (digits == "0" && !is_negative));
        let number = digits.parse::<i64>().ok().filter(|number| is_canonical && *number <= MAX_INDEX);
        let Some(number) = number else {
            self.at = start;
            return Err(self.problem("this is no index, which is a whole number without zeros in front"));
        };
        Ok(Some(if is_negative { -number } else { number }))
    }

    /// A string in single or double quotes.
    pub(super) fn string(&mut self) -> Parsed<String> {
        let Some(quote) = self.peek().filter(|quote| matches!(quote, '\'' | '"')) else {
            return Err(self.expected("a string in quotes"));
        };
        self.at += 1;
        let mut text = String::new();
        loop {
            let Some(character) = self.peek() else {
                return Err(self.expected(&format!("`{quote}`, which ends the string,")));
            };
            match character {
                '\\' => text.push(self.escape(quote)?),
                _ if character == quote => {
                    self.at += 1;
                    return Ok(text);
                }
                '\0'..='\x1f' => return Err(self.problem("control characters have to be escaped")),
                _ => {
                    self.at += character.len_utf8();
                    text.push(character);
                }
            }
        }
    }

    fn escape(&mut self, quote: char) -> Parsed<char> {
        let start = self.at;
        self.at += 1;
        let Some(character) = self.peek() else { return Err(self.expected("an escaped character")) };
        self.at += character.len_utf8();
        let escaped = match character {
            'b' => Some('\u{8}'),
            'f' => Some('\u{c}'),
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            '/' | '\\' => Some(character),
            'u' => self.unicode(),
            _ => Some(character).filter(|character| *character == quote),
        };
        escaped.ok_or_else(|| PathError { at: start, problem: "this is no escape of a character".to_owned() })
    }

    /// What stands after `\u`: a character, or the halves of one (RFC 9535, section 2.3.1.1).
    fn unicode(&mut self) -> Option<char> {
        let first = self.hexadecimal()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        if !self.eat("\\u") {
            return None;
        }
        let second = self.hexadecimal().filter(|second| (0xdc00..0xe000).contains(second))?;
        char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00))
    }

    fn hexadecimal(&mut self) -> Option<u32> {
        let digits =
            self.rest().get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }
}
