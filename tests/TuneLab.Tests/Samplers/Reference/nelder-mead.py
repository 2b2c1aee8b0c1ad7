"""Writes nelder-mead.json: the points that scipy's Nelder-Mead evaluates in the unit cube, in order, with their values, on functions that NelderMeadSamplerTests has too.

Run: /usr/bin/python3 nelder-mead.py > nelder-mead.json (made with scipy 1.10.1; adaptive, bounds 0 to 1, initial simplex given).
"""
import json
import sys

import numpy as np
from scipy.optimize import minimize

FUNCTIONS = {
    "valley": lambda x: sum(100 * (x[i + 1] - x[i] ** 2) ** 2 + (x[i] - 1) ** 2 for i in range(len(x) - 1)),
    "corner": lambda x: sum((i + 1) * (x[i] - 1.2 + 0.9 * i) ** 2 for i in range(len(x))),
    "kinks": lambda x: sum(abs(x[i] - 0.3) ** 0.5 for i in range(len(x))) + abs(x[0] - x[-1]),
}

out = []
for name, dimensions, evaluations in [("valley", 2, 120), ("valley", 4, 300), ("corner", 2, 60), ("corner", 3, 100), ("kinks", 2, 80), ("kinks", 5, 300)]:
    start = np.array([0.2 + 0.13 * i for i in range(dimensions)])
    simplex = np.vstack([start] + [start + 0.2 * np.eye(dimensions)[i] for i in range(dimensions)])
    points, values = [], []

    def f(x):
        points.append([float(v) for v in x])
        values.append(float(FUNCTIONS[name](x)))
        return values[-1]

    minimize(f, start, method="Nelder-Mead", bounds=[(0, 1)] * dimensions,
             options={"initial_simplex": simplex, "adaptive": True, "maxfev": evaluations, "xatol": 1e-3, "fatol": np.inf})
    out.append({"name": name, "simplex": simplex.tolist(), "points": points, "values": values})

json.dump(out, sys.stdout, indent=None)
print()
