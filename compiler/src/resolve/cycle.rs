//! Loops among things that name each other.

/// Which node names which; each edge bears where it was written.
#[derive(Clone, Debug)]
pub(super) struct Graph<T> {
    edges: Vec<Vec<(usize, T)>>,
}

/// An edge that closes a loop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Closing<T> {
    /// The node that the edge starts from.
    pub(super) from: usize,
    /// The loop, from the node that the edge leads back to around to that node again.
    pub(super) nodes: Vec<usize>,
    /// Where the edge was written.
    pub(super) by: T,
}

impl<T: Copy> Graph<T> {
    pub(super) fn new(nodes: usize) -> Self {
        Self { edges: vec![Vec::new(); nodes] }
    }

    pub(super) fn edge(&mut self, from: usize, to: usize, by: T) {
        if let Some(edges) = self.edges.get_mut(from) {
            edges.push((to, by));
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// The edges that close a loop, in the order in which nodes and edges stand; without them there is none. Walks
/// with a stack of its own: chains may be as long as the plan.
pub(super) fn closing_edges<T: Copy>(graph: &Graph<T>) -> Vec<Closing<T>> {
    let mut states = vec![State::New; graph.edges.len()];
    let mut found = Vec::new();
    for start in 0..graph.edges.len() {
        if states.get(start) != Some(&State::New) {
            continue;
        }
        // Nodes on the way from `start`, each with how many of its edges were followed.
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        set(&mut states, start, State::Open);
        while let Some((node, followed)) = way.last_mut() {
            let from = *node;
            let Some((to, by)) = graph.edges.get(from).and_then(|edges| edges.get(*followed)).copied() else {
                set(&mut states, from, State::Done);
                way.pop();
                continue;
            };
            *followed += 1;
            match states.get(to) {
                Some(State::New) => {
                    set(&mut states, to, State::Open);
                    way.push((to, 0));
                }
                Some(State::Open) => {
                    let mut nodes: Vec<usize> =
                        way.iter().map(|(node, _)| *node).skip_while(|node| *node != to).collect();
                    nodes.push(to);
                    found.push(Closing { from, nodes, by });
                }
                Some(State::Done) | None => {}
            }
        }
    }
    found
}

fn set(states: &mut [State], node: usize, state: State) {
    if let Some(entry) = states.get_mut(node) {
        *entry = state;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edge_that_closes_a_loop_is_found_with_the_loop() {
        let mut graph = Graph::new(5);
        for (from, to) in [(0, 1), (1, 2), (2, 0), (0, 3), (3, 2), (4, 4)] {
            graph.edge(from, to, (from, to));
        }
        let found: Vec<_> = closing_edges(&graph).into_iter().map(|found| (found.nodes, found.by)).collect();
        assert_eq!(found, [(vec![0, 1, 2, 0], (2, 0)), (vec![4, 4], (4, 4))]);
    }

    #[test]
    fn long_chains_do_not_overflow() {
        let mut graph = Graph::new(200_000);
        for node in 1..200_000 {
            graph.edge(node - 1, node, ());
        }
        assert_eq!(closing_edges(&graph), []);
    }
}
