//! Of all rules those that restrict what is sent.

use super::not_empty;
use crate::model::{CallRules, ParameterRules, Rule, Rules, RulesId, SharedRules};

/// Leaves out what only tells alternatives apart.
pub(super) fn only_what_restricts(rules: Rules) -> Rules {
    let Rules { shared, calls } = rules;
    let mut restricts = vec![false; shared.len()];
    // Which others each is like, the other way round.
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); shared.len()];
    for (at, known) in shared.iter().enumerate() {
        liked(&known.rules, &mut |id| users[id.index()].push(at));
    }
    let restricts_itself = |(_, known): &(usize, &SharedRules)| any_restricts(&known.rules, &restricts);
    let mut open: Vec<usize> = shared.iter().enumerate().filter(restricts_itself).map(|(at, _)| at).collect();
    while let Some(at) = open.pop() {
        if !restricts[at] {
            restricts[at] = true;
            open.append(&mut users[at]);
        }
    }
    // Those that are left close ranks.
    let mut left = 0;
    let mut places: Vec<Option<RulesId>> = Vec::new();
    for kept in &restricts {
        places.push(kept.then(|| RulesId::at(left)));
        left += usize::from(*kept);
    }
    let shared = shared.into_iter().zip(&restricts).filter(|(_, kept)| **kept);
    let shared = shared.map(|(known, _)| SharedRules { rules: kept(known.rules, &places), ..known });
    let calls = calls.into_iter().map(|call| {
        let parameters = call.parameters.into_iter();
        let parameters =
            parameters.map(|known| ParameterRules { rules: kept(known.rules, &places), ..known });
        let bodies = call.bodies.into_iter().map(|(media_type, rules)| (media_type, kept(rules, &places)));
        CallRules {
            operation: call.operation,
            parameters: parameters.filter(|known| !known.rules.is_empty()).collect(),
            bodies: bodies.filter(|(_, rules)| !rules.is_empty()).collect(),
        }
    });
    let shared = shared.collect();
    Rules {
        shared,
        calls: calls.filter(|call| !call.parameters.is_empty() || !call.bodies.is_empty()).collect(),
    }
}

/// Whether one of `rules` is more than what tells alternatives apart; `shared` says it of shared rules.
fn any_restricts(rules: &[Rule], shared: &[bool]) -> bool {
    rules.iter().any(|rule| {
        matches!(rule, Rule::Own(_))
            || matches!(rule, Rule::Like(id) if shared[id.index()])
            || rule.inner().iter().any(|rules| any_restricts(rules, shared))
    })
}

/// Tells `each` of the schemas whose rules hold too.
fn liked(rules: &[Rule], each: &mut impl FnMut(RulesId)) {
    for rule in rules {
        if let Rule::Like(id) = rule {
            each(*id);
        }
        rule.inner().iter().for_each(|rules| liked(rules, each));
    }
}

/// What is left of `rules` where shared rules have these places, or are nowhere.
fn kept(rules: Vec<Rule>, places: &[Option<RulesId>]) -> Vec<Rule> {
    let several = |rules| not_empty(kept(rules, places));
    let left = rules.into_iter().filter_map(|rule| match rule {
        Rule::Own(_) | Rule::Kind(_) | Rule::Has(_) => Some(rule),
        Rule::Member(name, rules) => Some(Rule::Member(name, several(rules)?)),
        Rule::Others(names, rules) => Some(Rule::Others(names, several(rules)?)),
        Rule::Matching(pattern, rules) => Some(Rule::Matching(pattern, several(rules)?)),
        Rule::Each(rules) => Some(Rule::Each(several(rules)?)),
        Rule::Item(at, rules) => Some(Rule::Item(at, several(rules)?)),
        Rule::Rest(first, rules) => Some(Rule::Rest(first, several(rules)?)),
        Rule::Like(id) => Some(Rule::Like(places[id.index()]?)),
        Rule::Any(all) => {
            let all: Vec<_> = all.into_iter().map(|rules| kept(rules, places)).collect();
            let restricts =
                |rules: &Vec<Rule>| !rules.iter().all(|rule| matches!(rule, Rule::Kind(_) | Rule::Has(_)));
            all.iter().any(restricts).then_some(Rule::Any(all))
        }
    });
    left.collect()
}
