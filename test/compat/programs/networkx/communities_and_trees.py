import networkx as nx

g = nx.karate_club_graph()
print(g.number_of_nodes(), g.number_of_edges(), nx.transitivity(g), sum(nx.triangles(g).values()) // 3)
communities = nx.community.greedy_modularity_communities(g)
print([len(c) for c in communities], round(nx.community.modularity(g, communities), 4))
tree = nx.balanced_tree(2, 3)
print(list(nx.bfs_edges(tree, 0))[:4], list(nx.dfs_preorder_nodes(tree, 0)), nx.is_tree(tree), nx.center(tree))
print(nx.to_numpy_array(nx.path_graph(3)).tolist(), sorted(nx.max_weight_matching(nx.path_graph(4)), key=sorted) != [], nx.node_link_data(nx.path_graph(2))["nodes"])
print(list(nx.generate_graphml(nx.path_graph(2)))[-1], nx.greedy_color(nx.cycle_graph(4)), nx.is_bipartite(nx.cycle_graph(5)))
