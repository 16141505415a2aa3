import joblib
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.model_selection import GridSearchCV
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder

df = pd.DataFrame({"age": [22, 38, None, 35, 54, 2, 27, 14], "sex": list("mffmmffm"), "fare": [7.2, 71, 7.9, 53, 51, 21, 11, 30]})
target = [0, 1, 1, 1, 0, 1, 1, 0]
prepare = ColumnTransformer([
    ("numbers", Pipeline([("fill", SimpleImputer()), ("scale", MinMaxScaler())]), ["age", "fare"]),
    ("words", OneHotEncoder(), ["sex"]),
])
search = GridSearchCV(Pipeline([("prepare", prepare), ("knn", KNeighborsClassifier())]), {"knn__n_neighbors": [1, 3]}, cv=2)
search.fit(df, target)
print(search.best_params_, round(search.best_score_, 4), search.predict(df).tolist(), prepare.fit_transform(df)[0].round(4))
joblib.dump(search.best_estimator_, "model.joblib")
print(joblib.load("model.joblib").predict(df.head(2)).tolist())
