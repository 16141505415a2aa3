import numpy as np
from sklearn.linear_model import Lasso, LinearRegression, Ridge
from sklearn.metrics import mean_absolute_error, mean_squared_error, r2_score
from sklearn.preprocessing import PolynomialFeatures

rng = np.random.default_rng(2)
x = rng.uniform(-3, 3, size=(80, 1))
y = 0.5 * x[:, 0] ** 2 - x[:, 0] + 2 + rng.normal(0, 0.1, 80)
features = PolynomialFeatures(2, include_bias=False).fit_transform(x)
for model in (LinearRegression(), Ridge(1.0), Lasso(0.1)):
    model.fit(features, y)
    predicted = model.predict(features)
    print(type(model).__name__, model.coef_.round(4), round(float(model.intercept_), 4), round(r2_score(y, predicted), 4))
print(round(mean_squared_error(y, predicted), 5), round(mean_absolute_error(y, predicted), 5))
