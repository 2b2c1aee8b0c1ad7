"""Writes path.json: whole regularisation paths of scikit-learn on small tables, as an independent source for the path of the linear trainer.

Needs python3-sklearn (1.2 was used). Run in this folder: python3 path.py
Features and the label of regression are standardised here as the trainer does it (mean, population deviation). Strengths are some of those that the trainer walks.
Regression: enet_path and lasso_path (coordinate descent along descending alphas); classes: LogisticRegression with warm_start from one C to the next.
"""
import json
import numpy as np
from sklearn.linear_model import LogisticRegression, enet_path, lasso_path

STRENGTHS = [0.1, 0.0464, 0.01, 0.001, 0.0001]


def standardised(x):
    return (x - x.mean(axis=0)) / x.std(axis=0)


def case(name, task, x, y, l1_ratio):
    x = x.astype(np.float32).astype(np.float64)
    z = standardised(x)
    if task == "regression":
        arguments = {"alphas": STRENGTHS, "tol": 1e-12, "max_iter": 100000}
        target = standardised(y)
        _, coefficients, _ = lasso_path(z, target, **arguments) if l1_ratio == 1 else enet_path(z, target, l1_ratio=l1_ratio, **arguments)
        steps = [[(coefficients[:, i] * y.std()).tolist()] for i in range(len(STRENGTHS))]
    else:
        model = LogisticRegression(penalty="elasticnet", l1_ratio=l1_ratio, solver="saga", tol=1e-9, max_iter=20000, warm_start=True,
                                   multi_class="multinomial" if task == "multiclass" else "auto", random_state=0)
        steps = []
        for strength in STRENGTHS:
            model.set_params(C=1 / (strength * len(y)))
            model.fit(z, y)
            steps.append(model.coef_.tolist())
    return {"name": name, "task": task, "l1_ratio": l1_ratio, "x": x.tolist(), "y": y.tolist(), "strengths": STRENGTHS, "coefficients": steps}


random = np.random.RandomState(11)
x = random.normal(size=(120, 6)) * [1, 10, 0.1, 3, 1, 2] + [0, 5, -1, 100, 0, 0]
x[:, 4] = 0.8 * x[:, 0] + 0.4 * x[:, 4]  # correlated with the first
score = x[:, 0] - 0.15 * (x[:, 1] - 5) + 4 * (x[:, 2] + 1)
number = 1000 + 50 * score + 40 * random.normal(size=120)
binary = (score + 1.5 * random.normal(size=120) > 0.3).astype(float)
multi = np.digitize(score + 1.5 * random.normal(size=120), [-1.2, 0.9]).astype(float)

cases = []
for task, y in (("regression", number), ("binary", binary), ("multiclass", multi)):
    for l1_ratio in (0.5, 1.0):
        cases.append(case(f"{task} {l1_ratio}", task, x, y, l1_ratio))
with open("path.json", "w") as file:
    json.dump(cases, file)
