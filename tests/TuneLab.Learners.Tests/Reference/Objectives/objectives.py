#!/usr/bin/python3
"""Held-out losses of other libraries' boosted trees by objective on the tables of ../shared/data, for ObjectiveAccuracyTests:
means over splits. Row i is for validation in split (m, f) when i * m % 1000003 % 5 == f; a small table takes many, because one says little.

    apt-get install -y python3-sklearn python3-xgboost python3-pandas
    ./objectives.py PATH_TO_SHARED_DATA > objectives.json
"""
import json
import os
import sys

import numpy as np
import pandas as pd
import sklearn
import xgboost
from sklearn.ensemble import GradientBoostingRegressor, HistGradientBoostingRegressor

TABLES = ["bike_sharing", "california_housing", "diabetes"]
ROUNDS, RATE, LEAVES, LEAST_ROWS = 100, 0.1, 31, 20
FEW = [(1, f) for f in range(3)]
MANY = [(m, f) for m in (16807, 48271, 69621, 39373, 742938) for f in range(5)]


def load(folder, entry):
    frame = pd.read_csv(os.path.join(folder, entry["file"]), na_values=["?", " "], keep_default_na=True)
    target = frame.pop(entry["label"]).to_numpy(float)
    categories = [c for c in frame.columns if frame[c].dtype == object]
    for c in categories:
        frame[c] = frame[c].astype("category").cat.codes.astype(float)
    return frame, target, [c in categories for c in frame.columns]


def absolute(y, p):
    return float(np.mean(np.abs(y - p)))


def pinball(level):
    return lambda y, p: float(np.mean(np.maximum(level * (y - p), (level - 1) * (y - p))))


def poisson(y, p):
    # half the mean deviance
    return float(np.mean(np.where(y > 0, y * np.log(np.where(y > 0, y, 1) / p), 0) - y + p))


def hist(loss, categorical, **more):
    return HistGradientBoostingRegressor(loss=loss, max_iter=ROUNDS, learning_rate=RATE, max_leaf_nodes=LEAVES, min_samples_leaf=LEAST_ROWS,
                                         early_stopping=False, categorical_features=categorical, random_state=1, **more)


def exact(loss, **more):
    return GradientBoostingRegressor(loss=loss, n_estimators=ROUNDS, learning_rate=RATE, max_leaf_nodes=LEAVES, max_depth=None, min_samples_leaf=LEAST_ROWS, random_state=1, **more)


def xgb(objective, weight, start):
    # no fewest rows there: for a hessian of 1 the weight is the row count; 1.7 begins at 0.5 unless told
    return lambda y: xgboost.XGBRegressor(objective=objective, tree_method="hist", grow_policy="lossguide", max_leaves=LEAVES, max_depth=0, max_bin=255,
                                          n_estimators=ROUNDS, learning_rate=RATE, min_child_weight=weight, reg_lambda=0, n_jobs=1, base_score=start(y))


def main(folder):
    index = {t["name"]: t for t in json.load(open(os.path.join(folder, "index.json")))}
    results = []
    for name in TABLES:
        x, y, categorical = load(folder, index[name])
        splits = MANY if len(y) < 1000 else FEW

        def add(objective, level, loss, peers):
            row = {"table": name, "objective": objective, "level": level, "splits": splits, "peers": {}}
            for peer, (model, fill) in peers.items():
                losses = []
                for multiplier, fold in splits:
                    valid = np.arange(len(y)) * multiplier % 1000003 % 5 == fold
                    table = x.fillna(x[~valid].median()) if fill else x
                    fitted = (model(y[~valid]) if callable(model) else model).fit(table[~valid], y[~valid])
                    losses.append(loss(y[valid], fitted.predict(table[valid])))
                row["peers"][peer] = float(np.mean(losses))
            results.append(row)
            print(row, file=sys.stderr)

        add("absolute", None, absolute, {"hist": (hist("absolute_error", categorical), False), "xgboost": (xgb("reg:absoluteerror", LEAST_ROWS, np.median), False)})
        for level in (0.1, 0.5, 0.9):
            add("quantile", level, pinball(level), {"hist": (hist("quantile", categorical, quantile=level), False)})
        add("poisson", None, poisson, {"hist": (hist("poisson", categorical), False), "xgboost": (xgb("count:poisson", 1e-3, np.mean), False)})
        add("huber", None, absolute, {"exact": (exact("huber", alpha=0.9), True)})
    made_by = f"objectives.py, scikit-learn {sklearn.__version__}, xgboost {xgboost.__version__}"
    print('{"made_by": ' + json.dumps(made_by) + ', "results": [\n  ' + ",\n  ".join(json.dumps(r) for r in results) + "\n]}")


if __name__ == "__main__":
    main(sys.argv[1])
