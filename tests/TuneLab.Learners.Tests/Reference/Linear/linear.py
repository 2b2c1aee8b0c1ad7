"""Writes linear.json: fits of scikit-learn on small tables, as an independent source for the linear trainer.

Needs python3-sklearn (1.2 was used). Run in this folder: python3 linear.py
Features are standardised here as the trainer does it (mean, population deviation), so coefficients compare one to one.
Objective of the trainer: mean loss + strength * (l1_ratio * |w|_1 + (1 - l1_ratio) / 2 * |w|^2).
scikit-learn: C * sum of losses + l1_ratio * |w|_1 + (1 - l1_ratio) / 2 * |w|^2, so C = 1 / (strength * sum of row weights).
"""
import json
import numpy as np
from sklearn.linear_model import ElasticNet, LogisticRegression, Ridge


def standardised(x, weights):
    mean = np.average(x, axis=0, weights=weights)
    return (x - mean) / np.sqrt(np.average((x - mean) ** 2, axis=0, weights=weights))


def case(name, task, x, y, weights, strength, l1_ratio):
    x = x.astype(np.float32).astype(np.float64)
    w = np.ones(len(y)) if weights is None else weights
    z = standardised(x, w)
    if task == "regression":
        mean = np.average(y, weights=w)
        deviation = np.sqrt(np.average((y - mean) ** 2, weights=w))
        # ElasticNet: sum w r^2 / (2 sum w) + alpha * (...); Ridge: sum w r^2 + alpha |w|^2
        model = (Ridge(alpha=strength * w.sum(), tol=1e-12) if l1_ratio == 0
                 else ElasticNet(alpha=strength, l1_ratio=l1_ratio, tol=1e-12, max_iter=100000))
        model.fit(z, (y - mean) / deviation, sample_weight=w)
        coefficients, intercepts = [model.coef_ * deviation], [model.intercept_ * deviation + mean]
        predictions = (model.predict(z) * deviation + mean).reshape(-1, 1)
    else:
        solver = "newton-cg" if l1_ratio == 0 else "saga"
        model = LogisticRegression(penalty="l2" if l1_ratio == 0 else "elasticnet", l1_ratio=None if l1_ratio == 0 else l1_ratio, C=1 / (strength * w.sum()),
                                   solver=solver, tol=1e-10, max_iter=5000, multi_class="multinomial" if task == "multiclass" else "auto", random_state=0)
        model.fit(z, y, sample_weight=w)
        coefficients, intercepts = model.coef_, model.intercept_
        predictions = model.predict_proba(z)
        predictions = predictions[:, 1:] if task == "binary" else predictions
        if task == "multiclass":
            intercepts = intercepts - intercepts.mean()
    return {"name": name, "task": task, "strength": strength, "l1_ratio": l1_ratio, "x": x.tolist(), "y": y.tolist(),
            "weights": None if weights is None else weights.tolist(), "coefficients": np.asarray(coefficients).tolist(),
            "intercepts": np.asarray(intercepts).tolist(), "predictions": predictions.tolist()}


random = np.random.RandomState(5)
x = random.normal(size=(80, 5)) * [1, 10, 0.1, 3, 1] + [0, 5, -1, 100, 0]
x[:, 4] = 0.9 * x[:, 0] + 0.3 * x[:, 4]  # correlated with the first
score = x[:, 0] - 0.2 * (x[:, 1] - 5) + 5 * (x[:, 2] + 1)
weights = random.randint(0, 4, size=80).astype(float)
number = 1000 + 50 * score + 20 * random.normal(size=80)
binary = (score + random.normal(size=80) > 0.3).astype(float)
multi = np.digitize(score + 0.7 * random.normal(size=80), [-1.2, 0.9]).astype(float)

cases = []
for task, y in (("regression", number), ("binary", binary), ("multiclass", multi)):
    cases.append(case(task + " ridge", task, x, y, None, 0.01, 0))
    cases.append(case(task + " ridge strong", task, x, y, None, 1.0, 0))
    cases.append(case(task + " elastic", task, x, y, None, 0.02, 0.5))
    cases.append(case(task + " lasso", task, x, y, None, 0.05, 1))
    cases.append(case(task + " ridge weighted", task, x, y, weights, 0.01, 0))
    cases.append(case(task + " elastic weighted", task, x, y, weights, 0.02, 0.7))
with open("linear.json", "w") as file:
    json.dump(cases, file)
