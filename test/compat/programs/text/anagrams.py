from collections import defaultdict

words = "listen silent enlist google elbow below bowel state taste tesat inlets banana".split()
groups = defaultdict(list)
for word in words:
    groups["".join(sorted(word))].append(word)
for key in sorted(groups):
    if len(groups[key]) > 1:
        print(key, sorted(groups[key]))
print(sum(len(group) == 1 for group in groups.values()), "alone")
