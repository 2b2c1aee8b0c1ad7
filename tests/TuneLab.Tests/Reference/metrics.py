"""Scores of many small cases by scikit-learn, for MetricReferenceTests. Made with scikit-learn 1.2.1: /usr/bin/python3 metrics.py > metrics.json

Where TuneLab defines an answer that scikit-learn does not, the case is put so that scikit-learn computes that answer: top_3 with ties by reversing the classes (the first of
equal classes ranks higher), median_ae under whole weights by repeating rows, rmsle of negative predictions by clamping them.
"""
import json
import sys
import warnings

import numpy as np
from sklearn import metrics as m

warnings.filterwarnings("ignore")


def binary(y, p, w):
    label = (p >= 0.5).astype(int)
    k = dict(sample_weight=w)
    return {
        "auc": m.roc_auc_score(y, p, **k),
        "prauc": m.average_precision_score(y, p, **k),
        "logloss": m.log_loss(y, p, labels=[0, 1], **k),
        "accuracy": m.accuracy_score(y, label, **k),
        "balanced_accuracy": m.balanced_accuracy_score(y, label, **k),
        "f1": m.f1_score(y, label, zero_division=0, **k),
        "precision": m.precision_score(y, label, zero_division=0, **k),
        "recall": m.recall_score(y, label, zero_division=0, **k),
        "mcc": m.matthews_corrcoef(y, label, **k),
        "brier": m.brier_score_loss(y, p, **k),
    }


def multiclass(y, p, w):
    classes = p.shape[1]
    label = p.argmax(axis=1)
    k = dict(sample_weight=w)
    return {
        "logloss": m.log_loss(y, p, labels=range(classes), **k),
        "accuracy": m.accuracy_score(y, label, **k),
        "accuracy_macro": m.balanced_accuracy_score(y, label, **k),
        "macro_f1": m.f1_score(y, label, average="macro", zero_division=0, **k),
        "top_3": m.top_k_accuracy_score(classes - 1 - y, p[:, ::-1], k=3, labels=range(classes), **k),
    }


def regression(y, p, w):
    k = dict(sample_weight=w)
    whole = w is not None and np.all(w == np.round(w))
    median = np.median(np.repeat(np.abs(y - p), w.astype(int))) if whole else m.median_absolute_error(y, p, **k)
    scores = {
        "rmse": m.mean_squared_error(y, p, squared=False, **k),
        "mae": m.mean_absolute_error(y, p, **k),
        "mape": m.mean_absolute_percentage_error(y, p, **k),
        "r2": m.r2_score(y, p, **k),
        "median_ae": median,
    }
    if (y >= 0).all():
        scores["rmsle"] = m.mean_squared_log_error(y, np.maximum(p, 0), squared=False, **k)
    return scores


cases = []


def add(name, task, y, p, w, score):
    cases.append({
        "name": name, "task": task, "outputs": 1 if p.ndim == 1 else p.shape[1], "truth": y.tolist(), "values": p.ravel().tolist(),
        "weights": None if w is None else w.tolist(), "scores": {k: float(v) for k, v in score(y, p, w).items()},
    })


def weightings(r, n):
    return {"unweighted": None, "weighted": np.round(r.gamma(0.7, 1.5, n), 3), "whole weights": r.integers(0, 4, n).astype(float)}


for seed, n, share, digits in [(1, 60, 0.5, 4), (2, 80, 0.1, 4), (3, 70, 0.4, 1), (4, 90, 0.9, 1), (5, 40, 0.3, 0)]:
    r = np.random.default_rng(seed)
    y = (r.random(n) < share).astype(int)
    y[:2] = [0, 1]
    p = np.round(1 / (1 + np.exp(-(r.normal(0, 1.5, n) + 1.5 * (y - 0.5)))), digits)
    for kind, w in weightings(r, n).items():
        if w is not None:
            w[:2] = 1
        add(f"binary seed {seed}, {n} rows, {share:.0%} positive, {digits} digits, {kind}", "Binary", y, p, w, binary)
y = np.array([0, 1, 1, 0, 1, 0])
add("binary constant", "Binary", y, np.full(6, 0.5), None, binary)
add("binary perfect and certain", "Binary", y, y.astype(float), None, binary)
add("binary inverted and certain", "Binary", y, 1.0 - y, None, binary)
add("binary never positive", "Binary", y, np.array([0.1, 0.2, 0.3, 0.4, 0.45, 0.05]), None, binary)

for seed, n, classes, digits in [(11, 60, 3, 4), (12, 80, 4, 1), (13, 90, 5, 4), (14, 100, 6, 1)]:
    r = np.random.default_rng(seed)
    y = r.choice(classes, n, p=r.dirichlet(np.full(classes, 2.0)))
    z = r.normal(0, 1, (n, classes)) + 1.2 * np.eye(classes)[y]
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    if digits == 1:  # shares of ten tickets: many ties and zeros, and the rows still sum to 1
        p = np.array([r.multinomial(10, row) for row in p]) / 10
    for kind, w in weightings(r, n).items():
        if w is not None:
            w[w == 0] = 1  # scikit-learn counts the class of a row without weight, TuneLab does not
        add(f"multiclass seed {seed}, {n} rows, {classes} classes, {digits} digits, {kind}", "Multiclass", y, p, w, multiclass)

for seed, n, scale, positive in [(21, 50, 1, False), (22, 61, 1000, True), (23, 40, 0.01, True)]:
    r = np.random.default_rng(seed)
    y = np.round(scale * (r.gamma(2, 1, n) if positive else r.normal(0, 1, n)), 6)
    p = np.round(y + scale * r.normal(0, 0.5, n), 6)
    for kind, w in weightings(r, n).items():
        add(f"regression seed {seed}, {n} rows, scale {scale}, {kind}", "Regression", y, p, w, regression)
add("regression zeros in the truth", "Regression", np.array([0.0, 1, 2, 0, 4]), np.array([0.5, 1, 2.5, -1, 3]), None, regression)
add("regression constant truth", "Regression", np.array([2.0, 2, 2]), np.array([2.0, 2.5, 1]), None, regression)
add("regression perfect on constant truth", "Regression", np.array([2.0, 2, 2]), np.array([2.0, 2, 2]), None, regression)

sys.stdout.write("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
