import networkx as nx

g = nx.Graph()
g.add_weighted_edges_from([("a", "b", 4), ("a", "c", 2), ("c", "b", 1), ("b", "d", 5), ("c", "d", 8), ("d", "e", 3)])
print(nx.shortest_path(g, "a", "e", weight="weight"), nx.dijkstra_path_length(g, "a", "d"), nx.diameter(g))
print({k: round(v, 4) for k, v in nx.degree_centrality(g).items()}, {k: round(v, 4) for k, v in nx.betweenness_centrality(g).items()})
print(sorted(nx.minimum_spanning_tree(g).edges(data="weight")), nx.density(g), nx.is_connected(g), nx.average_clustering(g))
try:
    nx.shortest_path(g, "a", "zzz")
except nx.NodeNotFound as error:
    print(error)
