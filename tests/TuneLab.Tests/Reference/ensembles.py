"""Greedy ensemble selection (Caruana et al. 2004) written from the paper with numpy, for EnsembleSelectionTests. Made with numpy 1.24.2 and scikit-learn 1.2.1: /usr/bin/python3 ensembles.py > ensembles.json"""
import json
import sys

import numpy as np
from sklearn.metrics import mean_squared_error, roc_auc_score

MOST_MEMBERS, STEPS, AT_FIRST = 10, 20, 5


def select(bag, score, library, sign):
    """Indices that were added, the best prefix of the greedy path; bag is best first."""
    def of(members):
        return sign * score([np.mean([fold[m] for m in members], axis=0) for fold in library])

    begins = [bag[:n] for n in range(1, min(AT_FIRST, len(bag)) + 1)]
    members = list(max(begins, key=of))  # max keeps the first of equals
    best, best_score = list(members), of(members)
    while len(members) < STEPS:
        allowed = [c for c in bag if len(set(members)) < MOST_MEMBERS or c in members]
        members.append(max(allowed, key=lambda c: of(members + [c])))
        if of(members) > best_score:
            best, best_score = list(members), of(members)
    return best


def run(task, truths, library, bags, metric):
    sign = 1 if metric == "auc" else -1

    def score(blends):
        if metric == "auc":
            return np.mean([roc_auc_score(t, b) for t, b in zip(truths, blends)])
        if metric == "rmse":
            return np.mean([np.sqrt(mean_squared_error(t, b)) for t, b in zip(truths, blends)])
        return np.mean([-np.mean(np.log(b[np.arange(len(t)), t.astype(int)])) for t, b in zip(truths, blends)])

    n = len(library[0])
    alone = [score([fold[c] for fold in library]) for c in range(n)]
    rank = sorted(range(n), key=lambda c: (-sign * alone[c], c))
    shares = np.zeros(n)
    for bag in bags:
        chosen = select([c for c in rank if c in bag], score, library, sign)
        shares += np.bincount(chosen, minlength=n) / len(chosen) / len(bags)
    kept = sorted(rank, key=lambda c: -shares[c])[:MOST_MEMBERS]
    weights = np.array([shares[c] if c in kept else 0 for c in range(n)])
    weights /= weights.sum()

    def blended(w):
        return score([sum(w[c] * fold[c] for c in range(n)) for fold in library])

    bagged = blended(weights)
    if sign * bagged < sign * max(alone, key=lambda a: sign * a):
        chosen = select(rank, score, library, sign)
        weights = np.bincount(chosen, minlength=n) / len(chosen)
    return {"weights": list(weights), "score": blended(weights), "single": alone[rank[0]], "bagged": bagged}


def case(name, seed, metric, candidates, rows, noise, spread):
    r = np.random.default_rng(seed)
    truths, library = [], []
    skill = noise * (1 + spread * r.random(candidates))  # how far each candidate is off
    for f in range(3):
        n = rows + f
        if metric == "rmse":
            t = r.normal(0, 1, n)
            p = [t + r.normal(0.1 * (c % 3 - 1), skill[c], n) for c in range(candidates)]
        elif metric == "auc":
            t = (r.random(n) < 0.4).astype(float)
            p = [1 / (1 + np.exp(-(2 * t - 1 + r.normal(0, 3 * skill[c], n)))) for c in range(candidates)]
        else:
            t = r.integers(0, 3, n).astype(float)
            raw = [np.exp(np.eye(3)[t.astype(int)] + r.normal(0, skill[c], (n, 3))) for c in range(candidates)]
            p = [x / x.sum(axis=1, keepdims=True) for x in raw]
        truths.append(t)
        # what the store keeps: floats of 4 bytes
        library.append([np.asarray(x, dtype=np.float32).astype(np.float64) for x in p])
    bags = [sorted(int(c) for c in r.choice(candidates, (candidates + 1) // 2, replace=False)) for _ in range(6)]
    found = run(metric, truths, library, bags, metric)
    return {"name": name, "metric": metric, "outputs": 3 if metric == "logloss" else 1, "truths": [t.tolist() for t in truths],
            "library": [[np.float32(x).ravel().tolist() for x in fold] for fold in library], "bags": bags, **found}


cases = [
    case("regression, alike", 1, "rmse", 8, 30, 0.5, 0.5),
    case("regression, more candidates than members", 2, "rmse", 24, 25, 0.5, 0.3),
    case("binary", 3, "auc", 9, 40, 0.8, 0.5),
    case("multiclass", 4, "logloss", 7, 20, 0.8, 0.5),
    case("regression, one far ahead", 5, "rmse", 6, 30, 0.05, 40),
]
json.dump({"cases": cases}, sys.stdout)
