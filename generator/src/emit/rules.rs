//! What values are checked against before they are sent: a static for each schema that others refer to, one for each regular
//! expression, and one with the rules of all operations.

use std::collections::HashMap;

use indexmap::{IndexMap, IndexSet};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::{Layout, Plan};
use crate::model::{Comparison, Location, Measure, ParameterRules, Quantity, Restriction, Rule, TextForm};

/// Whether the client can check what it sends.
pub(super) fn are_needed(plan: &Plan<'_>) -> bool {
    plan.package.validate && !plan.api.rules.is_empty()
}

/// What switches the checks on: a feature of a package.
pub(super) fn cfg(plan: &Plan<'_>) -> TokenStream {
    match plan.package.layout {
        Layout::Package => quote!(#[cfg(feature = "validate")]),
        Layout::Module => TokenStream::new(),
    }
}

/// The member of the client's defaults that checks requests.
pub(super) fn default(plan: &Plan<'_>) -> TokenStream {
    if !are_needed(plan) {
        return quote!(check: None,);
    }
    let on = cfg(plan);
    let off = (plan.package.layout == Layout::Package).then(|| {
        quote! {
            #[cfg(not(feature = "validate"))]
            check: None,
        }
    });
    quote! {
        #on
        check: Some(super::value_rules::check),
        #off
    }
}

/// ```text
/// pub(crate) fn check(request: &Request<'_>) -> Result<(), BuildError> { validate::check(request, CALLS) }
/// static CALLS: &[CallRules] = &[CallRules { operation: "pets.create", parameters: &[…], bodies: &[…] }];
/// static PET: Rules = Rules(&[Rule::Member("name", &[Rule::Own(Restriction::Most(Measure::Characters, 20))])]);
/// ```
pub(super) fn items<'p>(plan: &'p Plan<'_>) -> impl Iterator<Item = TokenStream> + 'p {
    let mut emitter = Emitter { plan, patterns: IndexSet::new(), defined: 0 };
    let calls = calls(&mut emitter);
    let shared = plan.names.rules().iter().zip(&plan.api.rules.shared).map(move |(name, known)| {
        let rules = emitter.list(&known.rules);
        let patterns = emitter.patterns();
        quote! {
            static #name: Rules = Rules(#rules);
            #patterns
        }
    });
    [head(), calls].into_iter().chain(shared)
}

fn head() -> TokenStream {
    quote! {
        #![doc = " What the API's description demands of the values that are sent."]
        #[allow(unused_imports)]
        use super::runtime::{BuildError, Kind, Place, Request};
        #[allow(unused_imports)]
        use super::runtime::validate::{
            self, CallRules, Comparison, Measure, ParameterRules, Pattern, Quantity, Restriction, Rule, Rules, TextForm,
        };
        #[doc = " Checks what `request` would send."]
        pub(crate) fn check(request: &Request<'_>) -> Result<(), BuildError> {
            validate::check(request, CALLS)
        }
    }
}

fn calls(emitter: &mut Emitter<'_>) -> TokenStream {
    let plan = emitter.plan;
    let mut calls: Vec<_> =
        plan.api.rules.calls.iter().map(|call| (super::operation_name(plan, call.operation), call)).collect();
    calls.sort_by(|one, other| one.0.cmp(&other.0));
    let lists: Vec<_> = calls.iter().map(|(_, call)| emitter.parameters(&call.parameters)).collect();
    let (lists, alike) = shared(lists);
    let calls = calls.iter().zip(lists).map(|((name, call), parameters)| {
        let bodies = emitter.bodies(&call.bodies);
        quote!(CallRules { operation: #name, parameters: #parameters, bodies: #bodies })
    });
    let calls: Vec<_> = calls.collect();
    let alike = alike.iter().enumerate().map(|(at, list)| {
        let name = parameters_name(at);
        quote!(static #name: &[ParameterRules] = #list;)
    });
    let patterns = emitter.patterns();
    quote! {
        static CALLS: &[CallRules] = &[#(#calls),*];
        #(#alike)*
        #patterns
    }
}

/// The lists with names in place of those that stand there several times, and what these are the names of.
fn shared(lists: Vec<TokenStream>) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let nothing = quote!(&[]).to_string();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for list in &lists {
        *counts.entry(list.to_string()).or_default() += 1;
    }
    let mut alike: IndexMap<String, TokenStream> = IndexMap::new();
    let named = lists.into_iter().map(|list| {
        let text = list.to_string();
        if text == nothing || counts.get(&text) == Some(&1) {
            return list;
        }
        let entry = alike.entry(text);
        let at = entry.index();
        entry.or_insert(list);
        parameters_name(at).into_token_stream()
    });
    (named.collect(), alike.into_values().collect())
}

struct Emitter<'p> {
    plan: &'p Plan<'p>,
    /// The regular expressions that were met.
    patterns: IndexSet<String>,
    /// How many of them have a static.
    defined: usize,
}

impl Emitter<'_> {
    /// The statics of the regular expressions that are new.
    fn patterns(&mut self) -> TokenStream {
        let first = std::mem::replace(&mut self.defined, self.patterns.len());
        let statics = self.patterns.iter().enumerate().skip(first).map(|(at, text)| {
            let name = pattern_name(at);
            quote!(static #name: Pattern = Pattern::new(#text);)
        });
        statics.collect()
    }

    fn bodies(&mut self, bodies: &[(String, Vec<Rule>)]) -> TokenStream {
        let bodies = bodies.iter().map(|(media_type, rules)| {
            let rules = self.list(rules);
            quote!((#media_type, #rules))
        });
        let bodies: Vec<_> = bodies.collect();
        quote!(&[#(#bodies),*])
    }

    fn parameters(&mut self, list: &[ParameterRules]) -> TokenStream {
        let parameters: Vec<_> = list.iter().map(|known| self.parameter(known)).collect();
        quote!(&[#(#parameters),*])
    }

    fn parameter(&mut self, parameter: &ParameterRules) -> TokenStream {
        let ParameterRules { location, name, written, is_number, rules } = parameter;
        let place = format_ident!(
            "{}",
            match location {
                Location::Path => "Path",
                Location::Query | Location::WholeQuery => "Query",
                Location::Header => "Header",
                Location::Cookie => "Cookie",
            }
        );
        let form = match written {
            TextForm::Single => quote!(Single),
            TextForm::Repeated => quote!(Repeated),
            TextForm::Separated(separator) => quote!(Separated(#separator)),
            TextForm::Json => quote!(Json),
        };
        let rules = self.list(rules);
        quote! {
            ParameterRules {
                place: Place::#place,
                name: #name,
                form: TextForm::#form,
                is_number: #is_number,
                rules: #rules,
            }
        }
    }

    fn list(&mut self, rules: &[Rule]) -> TokenStream {
        let rules: Vec<_> = rules.iter().map(|rule| self.rule(rule)).collect();
        quote!(&[#(#rules),*])
    }

    fn rule(&mut self, rule: &Rule) -> TokenStream {
        let rule = match rule {
            Rule::Own(restriction) => {
                let restriction = self.restriction(restriction);
                quote!(Own(Restriction::#restriction))
            }
            Rule::Kind(kinds) => {
                let kinds = kinds.iter().map(|kind| format_ident!("{}", kind.name()));
                quote!(Kind(&[#(Kind::#kinds),*]))
            }
            Rule::Has(names) => quote!(Has(&[#(#names),*])),
            Rule::Member(name, rules) => {
                let rules = self.list(rules);
                quote!(Member(#name, #rules))
            }
            Rule::Others(known, rules) => {
                let rules = self.list(rules);
                quote!(Others(&[#(#known),*], #rules))
            }
            Rule::Each(rules) => {
                let rules = self.list(rules);
                quote!(Each(#rules))
            }
            Rule::Like(id) => {
                let name = &self.plan.names.rules()[id.index()];
                quote!(Like(&#name))
            }
            Rule::Any(alternatives) => {
                let alternatives: Vec<_> = alternatives.iter().map(|rules| self.list(rules)).collect();
                quote!(Any(&[#(#alternatives),*]))
            }
        };
        quote!(Rule::#rule)
    }

    fn restriction(&mut self, restriction: &Restriction) -> TokenStream {
        match restriction {
            Restriction::Fewest(measure, least) => {
                let (measure, least) = (measure_name(*measure), Literal::u64_unsuffixed(*least));
                quote!(Fewest(Measure::#measure, #least))
            }
            Restriction::Most(measure, most) => {
                let (measure, most) = (measure_name(*measure), Literal::u64_unsuffixed(*most));
                quote!(Most(Measure::#measure, #most))
            }
            Restriction::Compares(comparison, limit) => {
                let (comparison, limit) = (comparison_name(*comparison), quantity(*limit));
                quote!(Compares(Comparison::#comparison, #limit))
            }
            Restriction::MultipleOf(step) => {
                let step = quantity(*step);
                quote!(MultipleOf(#step))
            }
            Restriction::Pattern(text) => {
                let name = self.pattern(text);
                quote!(Pattern(&#name))
            }
            Restriction::Unique => quote!(Unique),
            Restriction::OneOf(values) => quote!(OneOf(&[#(#values),*])),
        }
    }

    /// The static of a regular expression.
    fn pattern(&mut self, text: &str) -> proc_macro2::Ident {
        pattern_name(self.patterns.insert_full(text.to_owned()).0)
    }
}

// Names of schemas, which stand beside these, have no two underscores in them.

fn parameters_name(at: usize) -> proc_macro2::Ident {
    format_ident!("PARAMETERS__{at}")
}

fn pattern_name(at: usize) -> proc_macro2::Ident {
    format_ident!("PATTERN__{at}")
}

fn quantity(value: Quantity) -> TokenStream {
    match value {
        Quantity::Integer(whole) => {
            let whole = Literal::i128_unsuffixed(whole);
            quote!(Quantity::Whole(#whole))
        }
        Quantity::Float(real) => {
            let real = Literal::f64_unsuffixed(real);
            quote!(Quantity::Real(#real))
        }
    }
}

fn measure_name(measure: Measure) -> proc_macro2::Ident {
    format_ident!(
        "{}",
        match measure {
            Measure::Characters => "Characters",
            Measure::Items => "Items",
            Measure::Members => "Members",
        }
    )
}

fn comparison_name(comparison: Comparison) -> proc_macro2::Ident {
    format_ident!(
        "{}",
        match comparison {
            Comparison::AtLeast => "AtLeast",
            Comparison::MoreThan => "MoreThan",
            Comparison::AtMost => "AtMost",
            Comparison::LessThan => "LessThan",
        }
    )
}
