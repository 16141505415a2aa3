from sklearn.datasets import load_wine
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.model_selection import cross_val_score
from sklearn.tree import DecisionTreeClassifier, export_text

data = load_wine()
tree = DecisionTreeClassifier(max_depth=2, random_state=0).fit(data.data, data.target)
print(export_text(tree, feature_names=list(data.feature_names)))
forest = RandomForestClassifier(20, random_state=0).fit(data.data, data.target)
best = sorted(zip(forest.feature_importances_.round(3), data.feature_names), reverse=True)[:3]
print(best, cross_val_score(tree, data.data, data.target, cv=3).round(4))
boosted = GradientBoostingClassifier(n_estimators=5, random_state=0).fit(data.data, data.target)
print(boosted.score(data.data, data.target))
