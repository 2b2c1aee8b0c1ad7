#!/usr/bin/python3
"""Scores of scikit-learn's trees on the tables of ../shared/data, for ReferenceAccuracyTests. Row i is for validation when i % 5 == 0.

    apt-get install -y python3-sklearn python3-pandas
    ./trees.py PATH_TO_SHARED_DATA > trees.json
"""
import json
import os
import sys

import numpy as np
import pandas as pd
import sklearn
from sklearn.ensemble import (ExtraTreesClassifier, ExtraTreesRegressor, HistGradientBoostingClassifier,
                              HistGradientBoostingRegressor, RandomForestClassifier, RandomForestRegressor)
from sklearn.metrics import accuracy_score, mean_squared_error, roc_auc_score

TABLES = ["adult", "telco_churn", "wine_quality", "california_housing", "covtype_20k"]
ROWS_OF_FORESTS = 10_000  # of the training rows, so that the script ends in minutes


def load(folder, entry):
    frame = pd.read_csv(os.path.join(folder, entry["file"]), na_values=["?", " "], keep_default_na=True)
    target = frame.pop(entry["label"])
    if entry["task"] == "binary":
        target = (target == sorted(target.unique())[-1]).astype(int)
    elif entry["task"] == "multiclass":
        target = target.map({name: i for i, name in enumerate(sorted(target.unique()))})
    categories = [c for c in frame.columns if frame[c].dtype == object]
    for c in categories:
        codes = frame[c].astype("category").cat.codes.astype(float)
        frame[c] = codes.where(codes >= 0)
    return frame, target.to_numpy(), [c in categories for c in frame.columns]


def score(task, model, x, y):
    if task == "binary":
        return roc_auc_score(y, model.predict_proba(x)[:, 1])
    if task == "multiclass":
        return accuracy_score(y, model.predict(x))
    return mean_squared_error(y, model.predict(x)) ** 0.5


def main(folder):
    index = {t["name"]: t for t in json.load(open(os.path.join(folder, "index.json")))}
    results = []
    for name in TABLES:
        x, y, categorical = load(folder, index[name])
        task = index[name]["task"]
        valid = np.arange(len(y)) % 5 == 0
        train = np.flatnonzero(~valid)
        classify = task != "regression"
        boosting = (HistGradientBoostingClassifier if classify else HistGradientBoostingRegressor)(
            max_iter=100, learning_rate=0.1, max_leaf_nodes=31, min_samples_leaf=20, early_stopping=False,
            categorical_features=categorical, random_state=1)
        boosting.fit(x.iloc[train], y[train])
        few = train[:ROWS_OF_FORESTS]
        filled = x.fillna(x.iloc[few].median())
        forests = {
            "random": RandomForestClassifier if classify else RandomForestRegressor,
            "extra": ExtraTreesClassifier if classify else ExtraTreesRegressor,
        }
        row = {"table": name, "task": task, "metric": {"binary": "auc", "multiclass": "accuracy", "regression": "rmse"}[task],
               "boosting": score(task, boosting, x[valid], y[valid])}
        for kind, make in forests.items():
            forest = make(n_estimators=100, max_features=0.35, min_samples_leaf=3, bootstrap=kind == "random", random_state=1)
            forest.fit(filled.iloc[few], y[few])
            row[kind] = score(task, forest, filled[valid], y[valid])
        results.append(row)
    json.dump({"made_by": "trees.py, scikit-learn " + sklearn.__version__, "rows_of_forests": ROWS_OF_FORESTS, "results": results}, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main(sys.argv[1])
