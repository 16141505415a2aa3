import networkx as nx

g = nx.DiGraph([("shirt", "tie"), ("tie", "jacket"), ("trousers", "shoes"), ("trousers", "belt"), ("belt", "jacket"), ("socks", "shoes")])
print(list(nx.lexicographical_topological_sort(g)), nx.is_directed_acyclic_graph(g), sorted(nx.ancestors(g, "jacket")), nx.dag_longest_path_length(g))
print({k: round(v, 5) for k, v in sorted(nx.pagerank(g).items())}, dict(g.in_degree()), g.number_of_edges())
cyclic = nx.DiGraph([(1, 2), (2, 3), (3, 1), (3, 4)])
print([sorted(c) for c in nx.strongly_connected_components(cyclic)], sorted(map(sorted, nx.simple_cycles(cyclic))))
flow = nx.DiGraph()
flow.add_edge("s", "a", capacity=3)
flow.add_edge("a", "t", capacity=2)
flow.add_edge("s", "t", capacity=1)
print(nx.maximum_flow_value(flow, "s", "t"))
