"""Numbers of scipy and statsmodels for the tests of Analysis. Made with scipy 1.10.1 and statsmodels 0.13.5: /usr/bin/python3 significance.py > significance.json"""
import json
import sys

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.anova import AnovaRM
from statsmodels.stats.diagnostic import normal_ad
from statsmodels.stats.multitest import multipletests

out = {"delongs": [], "mcnemars": [], "holms": [], "friedmans": [], "anovas": []}


def placements(y, p):
    # DeLong et al. 1988, by the definition: every positive row against every negative one
    pos, neg = p[y == 1], p[y == 0]
    psi = (pos[:, None] > neg[None, :]) + 0.5 * (pos[:, None] == neg[None, :])
    return psi.mean(axis=1), psi.mean(axis=0), psi.mean()


for seed, n, noise, by, digits in [(1, 200, 0.15, 0, 3), (2, 500, 0.3, 0.01, 2), (3, 40, 0.05, 0, 1), (4, 1000, 0.02, 0, 4)]:
    r = np.random.default_rng(seed)
    y = (r.random(n) < 0.3).astype(float)
    a = np.round(1 / (1 + np.exp(-(r.normal(0, 1, n) + 1.5 * (y - 0.5)))), digits)
    b = np.round(np.clip(a + r.normal(0, noise, n), 0, 1), digits)
    (pa, na, auc_a), (pb, nb, auc_b) = placements(y, a), placements(y, b)
    variance = np.cov(np.vstack([pa, pb])) / len(pa) + np.cov(np.vstack([na, nb])) / len(na)
    error = np.sqrt(variance[0, 0] + variance[1, 1] - 2 * variance[0, 1])
    out["delongs"].append({"truth": y.tolist(), "winner": a.tolist(), "rival": b.tolist(), "by": by, "first": auc_a, "second": auc_b, "error": error,
                           "p": stats.norm.sf((auc_a - auc_b - by) / error), "own": np.sqrt(variance[0, 0])})

for won, lost in [(15, 5), (3, 3), (40, 61), (1, 0), (7, 0)]:
    table = [[100, won], [lost, 50]]
    out["mcnemars"].append({"won": won, "lost": lost, "greater": stats.binomtest(won, won + lost, 0.5, alternative="greater").pvalue, "twoSided": mcnemar(table, exact=True).pvalue})

for p in [[0.01, 0.04, 0.03, 0.5], [0.2, 0.2, 0.001], [0.9, 0.8], [0.02]]:
    out["holms"].append({"p": p, "adjusted": multipletests(p, method="holm")[1].tolist()})

for seed, n, k, digits in [(1, 6, 3, 4), (2, 12, 5, 4), (3, 10, 4, 1), (4, 30, 2, 3)]:
    r = np.random.default_rng(seed)
    s = np.round(r.normal(0.8, 0.05, (n, k)) + np.linspace(0, 0.03, k), digits)
    chi, p = (stats.friedmanchisquare(*s.T) if k > 2 else (np.nan, np.nan))
    ranks = np.vstack([stats.rankdata(-row) for row in s])
    mean = ranks.mean(axis=0)
    if k > 2:
        f = (n - 1) * chi / (n * (k - 1) - chi)
        pf = stats.f.sf(f, k - 1, (k - 1) * (n - 1))
    else:
        f = pf = np.nan
    unit = np.sqrt(k * (k + 1) / (6 * n))
    pairwise = [[float(stats.studentized_range.sf(abs(x - z) / unit * np.sqrt(2), k, 1e7)) for z in mean] for x in mean]
    out["friedmans"].append({"scores": s.tolist(), "ranks": mean.tolist(), "chi": None if k < 3 else chi, "p": None if k < 3 else p, "f": None if k < 3 else f, "pf": None if k < 3 else pf,
                             "critical": float(stats.studentized_range.ppf(0.95, k, 1e7)) / np.sqrt(2) * unit, "pairwise": pairwise})

for seed, n, k, heavy in [(1, 6, 3, False), (2, 12, 5, False), (3, 10, 4, True), (4, 30, 2, False), (5, 3, 2, True)]:
    r = np.random.default_rng(seed)
    noise = r.standard_cauchy((n, k)) if heavy else r.normal(0, 1, (n, k)) * np.linspace(1, 3, k)
    s = np.round(r.normal(0.8, 0.1, (n, 1)) + np.linspace(0, 0.02, k) + 0.01 * noise, 4)
    long = pd.DataFrame({"table": np.repeat(np.arange(n), k), "treatment": np.tile(np.arange(k), n), "score": s.ravel()})
    f = AnovaRM(long, "score", "table", within=["treatment"]).fit().anova_table["F Value"].iloc[0]
    # Greenhouse and Geisser 1959, by the definition: of the covariance of orthonormal contrasts
    contrasts = np.linalg.svd(np.ones((1, k)))[2][1:]
    c = contrasts @ np.cov(s.T) @ contrasts.T
    epsilon = np.trace(c) ** 2 / ((k - 1) * np.trace(c @ c))
    e = s - s.mean(axis=1, keepdims=True) - s.mean(axis=0, keepdims=True) + s.mean()
    out["anovas"].append({"scores": s.tolist(), "f": f, "epsilon": epsilon, "p": stats.f.sf(f, epsilon * (k - 1), epsilon * (k - 1) * (n - 1)), "normal": normal_ad(e.ravel())[1]})

json.dump(out, sys.stdout)
sys.stdout.write("\n")
