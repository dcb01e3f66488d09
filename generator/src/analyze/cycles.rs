//! Types that contain themselves: which edges to box, which aliases to wrap.

use std::collections::BTreeSet;

use crate::model::{Api, Shape, Type, TypeId};

/// The edges to box, and the aliases that need a type of their own.
pub(super) fn cycles(
    api: &Api,
    merged: &dyn Fn(TypeId) -> TypeId,
) -> (BTreeSet<(TypeId, TypeId)>, BTreeSet<TypeId>) {
    let direct = graph(api, merged, &directly);
    let any = graph(api, merged, &Type::definitions);
    let mut boxed = BTreeSet::new();
    for component in components(&direct) {
        let inside: BTreeSet<usize> = component.iter().copied().collect();
        for &from in &component {
            let edges = direct[from].iter().filter(|to| inside.contains(to));
            boxed.extend(
                edges
                    .filter(|to| component.len() > 1 || **to == from)
                    .map(|to| (TypeId::at(from), TypeId::at(*to))),
            );
        }
    }
    let mut wrapped = BTreeSet::new();
    for component in components(&any) {
        let is_cycle = component.len() > 1 || component.iter().any(|at| any[*at].contains(at));
        if is_cycle {
            wrapped.extend(component.into_iter().filter(|at| is_alias(api, *at)).map(TypeId::at));
        }
    }
    (boxed, wrapped)
}

fn is_alias(api: &Api, at: usize) -> bool {
    matches!(api.types[at].shape, Shape::Alias(_))
}

/// What is in the value itself, not behind a list or a map.
fn directly(ty: &Type) -> Vec<TypeId> {
    match ty {
        Type::Named(id) => vec![*id],
        Type::Nullable(inner) => directly(inner),
        Type::JsonApi(structure) => structure.held().map(directly).unwrap_or_default(),
        Type::List(_) | Type::Map(_) | Type::Scalar(_) | Type::Foreign(_) | Type::Json(_) => Vec::new(),
    }
}

fn graph(
    api: &Api,
    merged: &dyn Fn(TypeId) -> TypeId,
    edges: &dyn Fn(&Type) -> Vec<TypeId>,
) -> Vec<Vec<usize>> {
    let from =
        |shape: &Shape| shape.types().into_iter().flat_map(edges).map(|id| merged(id).index()).collect();
    api.types.iter().map(|definition| from(&definition.shape)).collect()
}

/// The strongly connected components (Tarjan 1972), without recursion: a document may chain thousands of types.
pub(super) fn components(graph: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut state = Tarjan {
        index: vec![usize::MAX; graph.len()],
        low: vec![0; graph.len()],
        on_stack: vec![false; graph.len()],
        stack: Vec::new(),
        next: 0,
        found: Vec::new(),
    };
    for start in 0..graph.len() {
        if state.index[start] == usize::MAX {
            state.visit(graph, start);
        }
    }
    state.found
}

struct Tarjan {
    index: Vec<usize>,
    low: Vec<usize>,
    on_stack: Vec<bool>,
    stack: Vec<usize>,
    next: usize,
    found: Vec<Vec<usize>>,
}

impl Tarjan {
    fn visit(&mut self, graph: &[Vec<usize>], start: usize) {
        let mut calls = vec![(start, 0)];
        self.enter(start);
        while let Some((node, edge)) = calls.pop() {
            if let Some(&next) = graph[node].get(edge) {
                calls.push((node, edge + 1));
                if self.index[next] == usize::MAX {
                    self.enter(next);
                    calls.push((next, 0));
                } else if self.on_stack[next] {
                    self.low[node] = self.low[node].min(self.index[next]);
                }
                continue;
            }
            if self.low[node] == self.index[node] {
                self.leave(node);
            }
            if let Some(&(parent, _)) = calls.last() {
                self.low[parent] = self.low[parent].min(self.low[node]);
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.index[node] = self.next;
        self.low[node] = self.next;
        self.next += 1;
        self.stack.push(node);
        self.on_stack[node] = true;
    }

    fn leave(&mut self, node: usize) {
        let mut component = Vec::new();
        while let Some(top) = self.stack.pop() {
            self.on_stack[top] = false;
            component.push(top);
            if top == node {
                break;
            }
        }
        component.sort_unstable();
        self.found.push(component);
    }
}

#[cfg(test)]
mod tests {
    use super::components;

    #[test]
    fn a_ring_is_one_component_and_a_chain_is_many() {
        let graph = vec![vec![1], vec![2], vec![0, 3], vec![4], vec![]];
        let mut found = components(&graph);
        found.sort();
        assert_eq!(found, vec![vec![0, 1, 2], vec![3], vec![4]]);
    }

    #[test]
    fn a_chain_of_a_hundred_thousand_is_no_matter() {
        let graph: Vec<Vec<usize>> = (0..100_000).map(|at| vec![(at + 1) % 100_000]).collect();
        assert_eq!(components(&graph).len(), 1);
    }
}
