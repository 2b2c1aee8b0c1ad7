#!/usr/bin/python3
"""Held-out log-loss of XGBoost and of scikit-learn on tables of several classes, after few rounds and after many, for ClassAccuracyTests.
Row i is for validation in split k when i % 5 == k; means over the splits. Both have the same hyperparameters: learning rate 0.1, 31 leaves, l2 1, smallest hessian of a leaf 1.

    apt-get install -y python3-sklearn python3-xgboost python3-pandas
    ./classes.py PATH_TO_SHARED_DATA > classes.json
"""
import json
import os
import sys

import numpy as np
import pandas as pd
import sklearn
import xgboost as xgb
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.ensemble._hist_gradient_boosting import gradient_boosting
from sklearn.metrics import log_loss

TABLES = {"digits": 5, "lgbm_multiclass": 3}  # and how many splits
ROUNDS = [100, 400]


class Grower(gradient_boosting.TreeGrower):
    """The constructor of the estimator has no word for the smallest hessian of a child."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{**kwargs, "min_hessian_to_split": 1})


def main(folder):
    gradient_boosting.TreeGrower = Grower
    index = {t["name"]: t for t in json.load(open(os.path.join(folder, "index.json")))}
    results = []
    for name, splits in TABLES.items():
        frame = pd.read_csv(os.path.join(folder, index[name]["file"]))
        labels = frame.pop(index[name]["label"])
        names = sorted(labels.unique())
        x, y = frame.to_numpy(np.float32), labels.map({n: i for i, n in enumerate(names)}).to_numpy()
        losses = {(rounds, peer): [] for rounds in ROUNDS for peer in ("xgboost", "scikit-learn")}
        for split in range(splits):
            valid = np.arange(len(y)) % 5 == split
            boosted = xgb.train(
                {"tree_method": "hist", "grow_policy": "lossguide", "max_depth": 0, "max_leaves": 31, "max_bin": 255, "learning_rate": 0.1, "min_child_weight": 1,
                 "reg_lambda": 1, "objective": "multi:softprob", "num_class": len(names)},
                xgb.DMatrix(x[~valid], y[~valid]), max(ROUNDS))
            hist = HistGradientBoostingClassifier(
                max_iter=max(ROUNDS), learning_rate=0.1, max_leaf_nodes=31, min_samples_leaf=1, l2_regularization=1, early_stopping=False, random_state=1)
            hist.fit(x[~valid], y[~valid])
            for number, probabilities in enumerate(hist.staged_predict_proba(x[valid]), 1):
                if number in ROUNDS:
                    losses[number, "scikit-learn"].append(log_loss(y[valid], probabilities))
            for rounds in ROUNDS:
                losses[rounds, "xgboost"].append(log_loss(y[valid], boosted.predict(xgb.DMatrix(x[valid]), iteration_range=(0, rounds))))
        for rounds in ROUNDS:
            results.append({"table": name, "rounds": rounds, "splits": splits, "peers": {peer: float(np.mean(losses[rounds, peer])) for peer in ("xgboost", "scikit-learn")}})
    json.dump({"xgboost": xgb.__version__, "scikit-learn": sklearn.__version__, "results": results}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main(sys.argv[1])
