#!/usr/bin/python3
"""Out-of-bag AUC of scikit-learn's random forest on the tables of ../shared/data, for OutOfBagReferenceTests: the mean over three seeds, and each of them.

    apt-get install -y python3-sklearn python3-pandas
    ./outofbag.py PATH_TO_SHARED_DATA > outofbag.json
"""
import json
import os
import sys

import numpy as np
import pandas as pd
import sklearn
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score

# table, rows from the top, features per split
CASES = [("telco_churn", 7043, 6), ("adult", 8000, 5)]
TREES = 200
MIN_LEAF = 3


def load(folder, entry, rows):
    frame = pd.read_csv(os.path.join(folder, entry["file"]), na_values=["?", " "], keep_default_na=True)
    target = frame.pop(entry["label"])
    target = (target == sorted(target.unique())[-1]).astype(int)
    for c in frame.columns:
        if frame[c].dtype == object:
            codes = frame[c].astype("category").cat.codes.astype(float)
            frame[c] = codes.where(codes >= 0)
    frame, target = frame.iloc[:rows], target.iloc[:rows]
    return frame.fillna(frame.median()), target.to_numpy()


def main(folder):
    index = {t["name"]: t for t in json.load(open(os.path.join(folder, "index.json")))}
    results = []
    for name, rows, tried in CASES:
        x, y = load(folder, index[name], rows)
        scores = []
        for seed in range(3):
            forest = RandomForestClassifier(n_estimators=TREES, max_features=tried, min_samples_leaf=MIN_LEAF, oob_score=True, random_state=seed)
            forest.fit(x, y)
            votes = forest.oob_decision_function_[:, 1]
            seen = np.isfinite(votes)
            scores.append(roc_auc_score(y[seen], votes[seen]))
        results.append({"table": name, "rows": rows, "features": x.shape[1], "tried": tried, "auc": float(np.mean(scores)), "seeds": scores})
    json.dump({"made_by": "outofbag.py, scikit-learn " + sklearn.__version__, "trees": TREES, "min_child_samples": MIN_LEAF, "results": results}, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main(sys.argv[1])
