"""Numbers of scipy for the tests of the profile. Made with scipy 1.10.1: /usr/bin/python3 relations.py > relations.json"""
import json
import sys

import numpy as np
from scipy import stats
from scipy.stats.contingency import association
from sklearn.metrics import roc_auc_score

out = {"numbers": [], "binary": [], "ratios": [], "tables": [], "boxes": []}

for seed, n, step in [(1, 40, 0.01), (2, 200, 0.5), (3, 77, 2)]:
    r = np.random.default_rng(seed)
    x = np.round(r.gamma(2, 2, n) / step) * step  # coarse steps make ties
    y = np.round(x * r.normal(0.7, 1, n) / step) * step
    out["numbers"].append({"x": x.tolist(), "y": y.tolist(), "pearson": stats.pearsonr(x, y)[0], "spearman": stats.spearmanr(x, y)[0]})
    b = (x + r.normal(0, 3, n) > 4).astype(float)
    out["binary"].append({"x": x.tolist(), "y": b.tolist(), "pointBiserial": stats.pointbiserialr(b, x)[0], "auc": roc_auc_score(b, x)})

for seed, n, k, shift in [(1, 60, 3, 0.5), (2, 500, 12, 0.2), (3, 90, 30, 0.0)]:
    r = np.random.default_rng(seed)
    g = r.integers(0, k, n)
    y = np.round(r.normal(0, 1, n) + shift * g, 3)
    groups = [y[g == i] for i in range(k) if (g == i).any()]
    f = stats.f_oneway(*groups)[0]
    between, within = len(groups) - 1, n - len(groups)
    squared = f * between / (f * between + within)
    # Kelley's epsilon squared: (between sum - between x mean square within) / all
    epsilon = (f - 1) * between / (f * between + within)
    out["ratios"].append({"groups": g.tolist(), "count": k, "y": y.tolist(), "eta": np.sqrt(squared), "adjusted": np.sqrt(max(0, epsilon))})

for seed, n, rows, columns, tie in [(1, 300, 4, 2, 0.3), (2, 1000, 7, 5, 0.1), (3, 60, 25, 3, 0.0), (4, 5000, 2, 2, 0.9)]:
    r = np.random.default_rng(seed)
    a = r.integers(0, rows, n)
    b = np.where(r.random(n) < tie, a % columns, r.integers(0, columns, n))
    table = np.zeros((rows, columns), int)
    np.add.at(table, (a, b), 1)
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    chi, p, freedom, _ = stats.chi2_contingency(table, correction=False)
    # Bergsma 2013, a bias correction for Cramer's V, equations 9 to 11
    h, w = table.shape
    phi = max(0, chi / n - (h - 1) * (w - 1) / (n - 1))
    corrected = np.sqrt(phi / min(h - (h - 1) ** 2 / (n - 1) - 1, w - (w - 1) ** 2 / (n - 1) - 1))
    out["tables"].append({"a": a.tolist(), "b": b.tolist(), "rows": rows, "columns": columns, "statistic": chi, "freedom": freedom, "p": p,
                          "cramersV": association(table, method="cramer"), "adjusted": corrected})

for seed, n in [(1, 50), (2, 1000)]:
    x = np.round(np.random.default_rng(seed).standard_t(3, n), 4)
    lower, upper = np.quantile(x, [0.25, 0.75])
    low, high = lower - 1.5 * (upper - lower), upper + 1.5 * (upper - lower)
    inside = x[(x >= low) & (x <= high)]
    far = x[(x >= lower - 3 * (upper - lower)) & (x <= upper + 3 * (upper - lower))]
    out["boxes"].append({"x": x.tolist(), "low": inside.min(), "high": inside.max(), "below": int((x < low).sum()), "above": int((x > high).sum()),
                         "counts": np.histogram(far, bins=20)[0].tolist(), "edges": [far.min(), far.max()]})

json.dump(out, sys.stdout)
sys.stdout.write("\n")
