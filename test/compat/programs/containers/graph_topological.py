import graphlib

graph = {"deploy": {"test", "build"}, "test": {"build", "lint"}, "build": {"fetch"}, "lint": {"fetch"}, "fetch": set()}
sorter = graphlib.TopologicalSorter(graph)
sorter.prepare()
while sorter.is_active():
    ready = sorted(sorter.get_ready())
    print("together:", ready)
    sorter.done(*ready)
try:
    list(graphlib.TopologicalSorter({"a": {"b"}, "b": {"a"}}).static_order())
except graphlib.CycleError as error:
    print("cycle of", len(error.args[1]) - 1)
