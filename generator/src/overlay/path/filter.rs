//! Text to conditions: the inner half of RFC 9535's grammar (section 2.3.5), and which function takes what (section 2.4).

use super::parse::{Parsed, Parser};
use super::syntax::{Comparison, Condition, Fit, From, Operand, Part, Query};
use crate::source::{Number, NumberValue, Tree};

/// What may stand on one side of a comparison, or alone.
enum Term {
    /// A query of any kind, which alone asks whether there is something.
    Query(Query),
    /// What has a value.
    Operand(Operand),
    /// What is true or false.
    Fit(Fit),
}

impl Parser<'_> {
    /// `… || …`
    pub(super) fn condition(&mut self) -> Parsed<Condition> {
        self.deeper(|parser| {
            parser.list("||", Condition::Any, |parser| parser.list("&&", Condition::All, Self::basic))
        })
    }

    fn list(
        &mut self,
        separator: &str,
        join: fn(Vec<Condition>) -> Condition,
        item: impl Fn(&mut Self) -> Parsed<Condition>,
    ) -> Parsed<Condition> {
        let mut items = vec![item(self)?];
        loop {
            let before = self.at;
            self.blanks();
            if !self.eat(separator) {
                self.at = before;
                break;
            }
            self.blanks();
            items.push(item(self)?);
        }
        Ok(if items.len() == 1 { items.remove(0) } else { join(items) })
    }

    fn basic(&mut self) -> Parsed<Condition> {
        let negated = self.peek() == Some('!');
        if negated {
            self.at += 1;
            self.blanks();
        }
        let condition = if self.eat("(") {
            self.blanks();
            let condition = self.condition()?;
            self.blanks();
            if !self.eat(")") {
                return Err(self.expected("`)`, `&&` or `||`"));
            }
            condition
        } else {
            self.test(negated)?
        };
        Ok(if negated { Condition::Not(Box::new(condition)) } else { condition })
    }

    /// A comparison, or a term that is true or false by itself.
    fn test(&mut self, negated: bool) -> Parsed<Condition> {
        let start = self.at;
        let left = self.term()?;
        let before = self.at;
        self.blanks();
        match self.comparison() {
            Some(_) if negated => {
                self.at = start;
                Err(self.problem("what is negated has to be a query, a function or in parentheses"))
            }
            Some(comparison) => {
                let left = self.operand(left, start)?;
                self.blanks();
                let start = self.at;
                let right = self.term()?;
                Ok(Condition::Compares(left, comparison, self.operand(right, start)?))
            }
            None => {
                self.at = before;
                match left {
                    Term::Query(query) => Ok(Condition::Exists(query)),
                    Term::Fit(fit) => Ok(Condition::Fits(fit)),
                    Term::Operand(_) => Err(self.expected("a comparison")),
                }
            }
        }
    }

    fn comparison(&mut self) -> Option<Comparison> {
        let operators = [
            ("==", Comparison::Equal),
            ("!=", Comparison::NotEqual),
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        operators.into_iter().find(|(text, _)| self.eat(text)).map(|(_, comparison)| comparison)
    }

    /// The value of a term that began at `start`.
    fn operand(&mut self, term: Term, start: usize) -> Parsed<Operand> {
        let problem = match term {
            Term::Operand(operand) => return Ok(operand),
            Term::Query(query) if query.is_singular() => return Ok(Operand::Query(query)),
            Term::Query(_) => "this may select several nodes, and only one value can stand here",
            Term::Fit(_) => "this is true or false, and a value has to stand here",
        };
        self.at = start;
        Err(self.problem(problem))
    }

    fn term(&mut self) -> Parsed<Term> {
        match self.peek() {
            Some('$' | '@') => self.query().map(Term::Query),
            Some('\'' | '"') => Ok(Term::Operand(Operand::Literal(Tree::from(self.string()?)))),
            Some('-' | '0'..='9') => self.number().map(Operand::Literal).map(Term::Operand),
            Some('a'..='z') => self.word(),
            _ => Err(self.expected("`@`, `$`, a value or a function")),
        }
    }

    fn query(&mut self) -> Parsed<Query> {
        let from = if self.eat("$") {
            From::Root
        } else if self.eat("@") {
            From::Current
        } else {
            return Err(self.expected("a query, which begins with `@` or `$`,"));
        };
        Ok(Query { from, segments: self.segments()? })
    }

    fn number(&mut self) -> Parsed<Tree> {
        let start = self.at;
        self.eat("-");
        let whole = self.eat_while(|character| character.is_ascii_digit());
        let mut is_number = whole == "0" || !whole.starts_with(['0']) && !whole.is_empty();
        if self.eat(".") {
            is_number &= !self.eat_while(|character| character.is_ascii_digit()).is_empty();
        }
        if self.eat("e") || self.eat("E") {
            let _ = self.eat("-") || self.eat("+");
            is_number &= !self.eat_while(|character| character.is_ascii_digit()).is_empty();
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        let integer = text.parse::<i128>().ok().map(NumberValue::Integer);
        let value = integer.or_else(|| text.parse::<f64>().ok().map(NumberValue::Float));
        let Some(value) = value.filter(|_| is_number) else {
            self.at = start;
            return Err(self.problem("this is no number"));
        };
        Ok(Tree::from(Number { text: text.to_owned(), value }))
    }

    /// `true`, `false`, `null` or a function.
    fn word(&mut self) -> Parsed<Term> {
        let start = self.at;
        let word = self.eat_while(|character| matches!(character, 'a'..='z' | '0'..='9' | '_'));
        if self.peek() == Some('(') {
            let function = self.deeper(|parser| parser.function(word))?;
            if let Some(function) = function {
                return Ok(function);
            }
        } else if let Some(literal) = literal(word) {
            return Ok(Term::Operand(Operand::Literal(literal)));
        }
        self.at = start;
        Err(self.problem("this is neither a value nor a function of JSONPath"))
    }

    /// The function called `name`, if there is one.
    fn function(&mut self, name: &str) -> Parsed<Option<Term>> {
        self.eat("(");
        self.blanks();
        let function = match name {
            "length" => Term::Operand(Operand::Length(Box::new(self.argument()?))),
            "count" => Term::Operand(Operand::Count(self.query()?)),
            "value" => Term::Operand(Operand::Value(self.query()?)),
            "match" => Term::Fit(self.fit(Part::Whole)?),
            "search" => Term::Fit(self.fit(Part::Some)?),
            _ => return Ok(None),
        };
        self.blanks();
        if self.eat(")") { Ok(Some(function)) } else { Err(self.expected("`)`")) }
    }

    fn fit(&mut self, part: Part) -> Parsed<Fit> {
        let text = self.argument()?;
        self.blanks();
        if !self.eat(",") {
            return Err(self.expected("`,`, behind which the pattern stands,"));
        }
        self.blanks();
        Ok(Fit { part, text, pattern: self.argument()? })
    }

    fn argument(&mut self) -> Parsed<Operand> {
        let start = self.at;
        let term = self.term()?;
        self.operand(term, start)
    }
}

fn literal(word: &str) -> Option<Tree> {
    match word {
        "true" => Some(Tree::Bool(true)),
        "false" => Some(Tree::Bool(false)),
        "null" => Some(Tree::Null),
        _ => None,
    }
}
