"""Numbers of scipy for the tests of Analysis. Made with scipy 1.10.1: /usr/bin/python3 analysis.py > analysis.json"""
import json
import sys

import numpy as np
from scipy import stats
from sklearn.metrics import mean_absolute_error, roc_auc_score

out = {"ttests": [], "quantiles": [], "bootstraps": []}

# Nadeau and Bengio 2003: the variance of the mean is (1/n + test/train) s^2
for seed, n, shift, ratio, by in [(1, 5, 0.01, 0.25, 0), (2, 10, 0.02, 1 / 9, 0), (3, 25, 0.004, 0.25, 0.01), (4, 100, -0.01, 1 / 9, 0), (5, 2, 0.03, 1.0, 0)]:
    d = np.random.default_rng(seed).normal(shift, 0.02, n)
    error = np.sqrt((1 / n + ratio) * d.var(ddof=1))
    t = (d.mean() - by) / error
    low, high = stats.t.interval(0.95, n - 1, loc=d.mean(), scale=error)
    out["ttests"].append({"differences": d.tolist(), "ratio": ratio, "by": by, "mean": d.mean(), "t": t, "p": stats.t.sf(t, n - 1), "low": low, "high": high})

for seed, n in [(1, 100), (2, 333), (3, 2000)]:
    d = np.random.default_rng(seed).normal(0.3, 2, n)
    out["quantiles"].append({"draws": np.round(d, 6).tolist(), "expected": {str(q): float(np.quantile(np.round(d, 6), q)) for q in (0.025, 0.05, 0.5, 0.95, 0.975)}})


def add(name, metric, truth, winner, rival, gain):
    n = len(truth)
    rows = np.arange(n)

    def effect(index):
        index = index.astype(int)
        return gain(truth[index], winner[index], rival[index])

    # a one-sided 95 % bound on each side is a two-sided 90 % interval
    result = stats.bootstrap((rows,), effect, n_resamples=20000, confidence_level=0.90, method="percentile", vectorized=False, random_state=0)
    low, high = result.confidence_interval
    out["bootstraps"].append({"name": name, "metric": metric, "truth": truth.tolist(), "winner": winner.tolist(), "rival": rival.tolist(),
                              "effect": effect(rows), "low": low, "high": high, "error": result.standard_error})


r = np.random.default_rng(7)
y = (r.random(150) < 0.35).astype(float)
a = np.round(1 / (1 + np.exp(-(r.normal(0, 1, 150) + 1.8 * (y - 0.5)))), 3)
b = np.round(np.clip(a + r.normal(0, 0.15, 150), 0.001, 0.999), 3)
add("auc", "auc", y, a, b, lambda t, p, q: roc_auc_score(t, p) - roc_auc_score(t, q))
y = np.round(r.gamma(2, 3, 120), 3)
a = np.round(y + r.normal(0, 1, 120), 3)
b = np.round(y + r.normal(0, 1.4, 120), 3)
add("mae", "mae", y, a, b, lambda t, p, q: mean_absolute_error(t, q) - mean_absolute_error(t, p))

json.dump(out, sys.stdout)
sys.stdout.write("\n")
