#!/usr/bin/python3
"""RMSE of XGBoost with and without monotone constraints on tables of ../shared/data, for MonotoneReferenceTests. Numeric columns only; row i is for validation when i % 5 == 0.

    apt-get install -y python3-xgboost python3-pandas
    ./monotone.py PATH_TO_SHARED_DATA > monotone.json
"""
import json
import os
import sys

import numpy as np
import pandas as pd
import xgboost

CASES = [
    ("bike_sharing", "cnt", {"temp": 1}, 31),
    ("bike_sharing", "cnt", {"temp": 1, "hum": -1, "windspeed": -1}, 31),
    ("bike_sharing", "cnt", {"temp": 1}, 255),
    ("california_housing", "median_house_value", {"median_income": 1}, 31),
    ("california_housing", "median_house_value", {"median_income": 1, "housing_median_age": 1}, 255),
]
ROUNDS = 100


def rmse(x, y, train, valid, directions, leaves):
    model = xgboost.XGBRegressor(
        tree_method="hist", grow_policy="lossguide", max_leaves=leaves, max_depth=0, n_estimators=ROUNDS, learning_rate=0.1, max_bin=255,
        min_child_weight=1, reg_lambda=1, base_score=float(y[train].mean()), n_jobs=2,
        monotone_constraints=tuple(directions.get(c, 0) for c in x.columns))
    model.fit(x.iloc[train], y[train])
    return float(np.mean((model.predict(x.iloc[valid]) - y[valid]) ** 2) ** 0.5)


def main(folder):
    results = []
    for table, label, directions, leaves in CASES:
        frame = pd.read_csv(os.path.join(folder, table + ".csv")).select_dtypes("number")
        y = frame.pop(label).to_numpy(float)
        valid = np.arange(len(y)) % 5 == 0
        train, valid = np.flatnonzero(~valid), np.flatnonzero(valid)
        results.append({"table": table, "label": label, "directions": directions, "leaves": leaves,
                        "rmse": rmse(frame, y, train, valid, directions, leaves), "rmse_free": rmse(frame, y, train, valid, {}, leaves)})
    json.dump({"made_by": "monotone.py, xgboost " + xgboost.__version__, "rounds": ROUNDS, "results": results}, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main(sys.argv[1])
