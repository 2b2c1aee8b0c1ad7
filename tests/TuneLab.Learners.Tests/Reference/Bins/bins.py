#!/usr/bin/python3
"""Training rows in each bin of scikit-learn's histogram boosting, for NumericBinsTests. Row i has the value floor((i * 7919 mod 10007) / repeats).

    apt-get install -y python3-sklearn
    ./bins.py > bins.json
"""
import json
import sys

import numpy as np
import sklearn
from sklearn.ensemble._hist_gradient_boosting.binning import _BinMapper

# rows, bins, how many rows share a value (about)
CASES = [(300, 2, 1), (3000, 16, 1), (5000, 255, 1), (5824, 255, 1), (10007, 255, 1), (5000, 255, 3), (10007, 64, 20)]


def main():
    cases = []
    for rows, bins, repeats in CASES:
        values = (np.arange(rows) * 7919 % 10007 // repeats).astype(float)
        mapper = _BinMapper(n_bins=bins + 1).fit(values[:, None])  # the last one is of missing values
        counts = np.bincount(mapper.transform(values[:, None])[:, 0])
        cases.append({"rows": rows, "bins": bins, "repeats": repeats, "counts": counts.tolist()})
    json.dump({"made_by": "bins.py, scikit-learn " + sklearn.__version__, "cases": cases}, sys.stdout)
    print()


if __name__ == "__main__":
    main()
