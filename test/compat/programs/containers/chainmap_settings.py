from collections import ChainMap

defaults = {"colour": "red", "user": "guest", "depth": 1}
environment = {"user": "ada"}
arguments = {"depth": 3}
settings = ChainMap(arguments, environment, defaults)
print(sorted(settings.items()), settings["user"], len(settings))
child = settings.new_child({"colour": "blue"})
child["depth"] = 9
print(child["colour"], child["depth"], settings["depth"], child.parents["colour"])
del child["depth"]
print(child["depth"], [len(m) for m in child.maps])
