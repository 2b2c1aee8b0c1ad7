"""What scipy says of the best of as many draws again, for the tests of MoreTrials. Made with scipy 1.10.1: /usr/bin/python3 outlook.py > outlook.json"""
import json
import sys

import numpy as np
from scipy import integrate, optimize, stats

out = {"cases": []}
for seed, n, metric in [(1, 8, "auc"), (2, 20, "auc"), (3, 60, "rmse"), (4, 200, "rmse")]:
    rng = np.random.default_rng(seed)
    x = rng.beta(8, 3, n) if metric == "auc" else rng.gamma(9, 1, n)
    x = np.round(x, 6)
    good = np.sort(x if metric == "auc" else -x)[::-1]
    k = max(4, int(np.rint(0.2 * n)))
    u, best = good[k], good[0]
    s = np.mean(good[:k] - u)

    # Poisson number of exceedances with a gamma rate, exponential distances with a mean whose inverse is gamma: both integrated out by quadrature
    def below(score):
        def inner(g):
            def outer(rate):
                return np.exp(-rate * np.exp(-(score - u) * g / (k * s))) * stats.gamma.pdf(rate, k)
            return integrate.quad(outer, 0, k + 14 * np.sqrt(k) + 20, limit=200)[0] * stats.gamma.pdf(g, k)
        return integrate.quad(inner, 0, k + 14 * np.sqrt(k) + 20, limit=200)[0]

    def at(share):
        if below(best) >= share:
            return best
        return optimize.brentq(lambda score: below(score) - share, best, best + 60 * s, xtol=1e-9)

    sign = 1 if metric == "auc" else -1
    ends = sorted(sign * at(p) for p in (0.05, 0.95))
    out["cases"].append({"metric": metric, "scores": x.tolist(), "best": sign * best, "value": sign * at(0.5), "low": ends[0], "high": ends[1], "chance": 1 - below(best)})

json.dump(out, sys.stdout, indent=1)
