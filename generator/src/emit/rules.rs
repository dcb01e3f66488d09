//! What values are checked against before they are sent: a static for each operation, each schema that others refer to, each list of
//! parameters that several operations have and each regular expression, and one that lists the operations.

use std::collections::HashMap;
use std::iter;

use indexmap::{IndexMap, IndexSet};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::{Layout, Plan};
use crate::model::{CallRules, Comparison, Measure, ParameterRules, Quantity, Restriction, Rule, TextForm};
use crate::name::ConstantName;

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
/// static CALLS: &[&CallRules] = &[&CALL__PETS__CREATE];
/// static CALL__PETS__CREATE: CallRules = CallRules { operation: "pets.create", parameters: &[…], bodies: &[…] };
/// static PET: Rules = Rules(&[Member("name", &[Own(Most(Characters, 20))])]);
/// ```
pub(super) fn items<'p>(plan: &'p Plan<'_>) -> impl Iterator<Item = TokenStream> + 'p {
    let rules = &plan.api.rules;
    let named = |call: &'p CallRules| (super::operation_name(plan, call.operation), call);
    let mut calls: Vec<_> = rules.calls.iter().map(named).collect();
    calls.sort_by(|one, other| one.0.cmp(&other.0));
    let mut emitter = Emitter { plan, patterns: IndexSet::new(), defined: 0 };
    let head = head(calls.iter().enumerate().map(|(at, (name, _))| call_name(at, name)));
    let (positions, alike) = alike(calls.iter().map(|(_, call)| call.parameters.as_slice()));
    let calls = calls.into_iter().zip(positions).enumerate();
    let calls = calls.map(|(at, ((name, call), alike))| Static::Call { at, name, call, alike });
    let alike = alike.into_iter().enumerate().map(|(at, list)| Static::Parameters(at, list));
    let shared = plan.names.rules().iter().zip(&rules.shared);
    let shared = shared.map(|(name, known)| Static::Rules(name, &known.rules));
    let statics: Vec<_> = calls.chain(alike).chain(shared).collect();
    iter::once(head).chain(statics.into_iter().map(move |known| emitter.item(&known)))
}

fn head(calls: impl Iterator<Item = proc_macro2::Ident>) -> TokenStream {
    quote! {
        #![doc = " What the API's description demands of the values that are sent."]
        #[allow(unused_imports)]
        use super::runtime::{BuildError, Kind, Place, Request};
        #[allow(unused_imports)]
        use super::runtime::validate::{
            self, CallRules, Comparison::{AtLeast, AtMost, LessThan, MoreThan}, Measure::{Characters, Items, Members},
            ParameterRules, Pattern, Quantity::{Real, Whole},
            Restriction::{self, Compares, Fewest, Most, MultipleOf, OneOf, Unique},
            Rule::{self, Any, Each, Has, Item, Like, Matching, Member, Others, Own, Rest}, Rules, TextForm,
        };
        #[doc = " Checks what `request` would send."]
        pub(crate) fn check(request: &Request<'_>) -> Result<(), BuildError> {
            validate::check(request, CALLS)
        }
        static CALLS: &[&CallRules] = &[#(&#calls),*];
    }
}

/// For each list its position among those that stand there several times, if it is one, and these.
fn alike<'p>(
    lists: impl Iterator<Item = &'p [ParameterRules]>,
) -> (Vec<Option<usize>>, Vec<&'p [ParameterRules]>) {
    let lists: Vec<_> = lists.map(|list| (list, format!("{list:?}"))).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (_, text) in lists.iter().filter(|(list, _)| !list.is_empty()) {
        *counts.entry(text).or_default() += 1;
    }
    let mut alike: IndexMap<&str, &[ParameterRules]> = IndexMap::new();
    let positions = lists.iter().map(|(list, text)| {
        let is_repeated = counts.get(text.as_str()).is_some_and(|count| *count > 1);
        is_repeated.then(|| {
            let entry = alike.entry(text.as_str());
            let at = entry.index();
            entry.or_insert(list);
            at
        })
    });
    (positions.collect(), alike.into_values().collect())
}

/// A static to be.
enum Static<'p> {
    Call { at: usize, name: String, call: &'p CallRules, alike: Option<usize> },
    Parameters(usize, &'p [ParameterRules]),
    Rules(&'p ConstantName, &'p [Rule]),
}

struct Emitter<'p> {
    plan: &'p Plan<'p>,
    /// The regular expressions that were met.
    patterns: IndexSet<String>,
    /// How many of them have a static.
    defined: usize,
}

impl Emitter<'_> {
    /// The static, and those of the regular expressions that are new in it.
    fn item(&mut self, known: &Static<'_>) -> TokenStream {
        let item = match known {
            Static::Call { at, name, call, alike } => {
                let parameters = match alike {
                    Some(alike) => parameters_name(*alike).into_token_stream(),
                    None => self.parameters(&call.parameters),
                };
                let (ident, bodies) = (call_name(*at, name), self.bodies(&call.bodies));
                quote! {
                    static #ident: CallRules =
                        CallRules { operation: #name, parameters: #parameters, bodies: #bodies };
                }
            }
            Static::Parameters(at, list) => {
                let (name, list) = (parameters_name(*at), self.parameters(list));
                quote!(static #name: &[ParameterRules] = #list;)
            }
            Static::Rules(name, rules) => {
                let rules = self.list(rules);
                quote!(static #name: Rules = Rules(#rules);)
            }
        };
        let first = std::mem::replace(&mut self.defined, self.patterns.len());
        let patterns = self.patterns.iter().enumerate().skip(first).map(|(at, text)| {
            let name = pattern_name(at);
            quote!(static #name: Pattern = Pattern::new(#text);)
        });
        quote!(#item #(#patterns)*)
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
        let place = super::place(*location);
        let form = match written {
            TextForm::Single => quote!(Single),
            TextForm::Repeated => quote!(Repeated),
            TextForm::Separated(separator) => quote!(Separated(#separator)),
            TextForm::Json => quote!(Json),
            TextForm::Passed => quote!(Passed),
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
        match rule {
            Rule::Own(restriction) => {
                let restriction = self.restriction(restriction);
                quote!(Own(#restriction))
            }
            Rule::Kind(kinds) => {
                let kinds = kinds.iter().map(|kind| format_ident!("{}", kind.name()));
                quote!(Rule::Kind(&[#(Kind::#kinds),*]))
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
            Rule::Matching(pattern, rules) => {
                let (pattern, rules) = (self.pattern(pattern), self.list(rules));
                quote!(Matching(&#pattern, #rules))
            }
            Rule::Each(rules) => {
                let rules = self.list(rules);
                quote!(Each(#rules))
            }
            Rule::Item(at, rules) => {
                let (at, rules) = (Literal::usize_unsuffixed(*at), self.list(rules));
                quote!(Item(#at, #rules))
            }
            Rule::Rest(first, rules) => {
                let (first, rules) = (Literal::usize_unsuffixed(*first), self.list(rules));
                quote!(Rest(#first, #rules))
            }
            Rule::Like(id) => {
                let name = &self.plan.names.rules()[id.index()];
                quote!(Like(&#name))
            }
            Rule::Any(alternatives) => {
                let alternatives: Vec<_> = alternatives.iter().map(|rules| self.list(rules)).collect();
                quote!(Any(&[#(#alternatives),*]))
            }
        }
    }

    fn restriction(&mut self, restriction: &Restriction) -> TokenStream {
        match restriction {
            Restriction::Fewest(measure, least) => {
                let (measure, least) = (measure_name(*measure), Literal::u64_unsuffixed(*least));
                quote!(Fewest(#measure, #least))
            }
            Restriction::Most(measure, most) => {
                let (measure, most) = (measure_name(*measure), Literal::u64_unsuffixed(*most));
                quote!(Most(#measure, #most))
            }
            Restriction::Compares(comparison, limit) => {
                let (comparison, limit) = (comparison_name(*comparison), quantity(*limit));
                quote!(Compares(#comparison, #limit))
            }
            Restriction::MultipleOf(step) => {
                let step = quantity(*step);
                quote!(MultipleOf(#step))
            }
            Restriction::Pattern(text) => {
                let name = self.pattern(text);
                quote!(Restriction::Pattern(&#name))
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

fn call_name(at: usize, name: &str) -> proc_macro2::Ident {
    super::static_name("CALL", &name.replace('.', "__"), at)
}

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
            quote!(Whole(#whole))
        }
        Quantity::Float(real) => {
            let real = Literal::f64_unsuffixed(real);
            quote!(Real(#real))
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
