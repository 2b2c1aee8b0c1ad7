"""Numbers of scipy for the tests of learning curves. Made with scipy 1.10.1: python3 curves.py > curves.json"""
import json
import sys

import numpy as np
from scipy.optimize import curve_fit

FORMS = {
    "Power": lambda x, asymptote, gap, rate: asymptote + gap * x ** -rate,
    "Exponential": lambda x, asymptote, gap, rate: asymptote + gap * np.exp(-rate * (x - 1)),
}

out = {"fits": []}
for seed, form, sizes, truth, noise, more in [
    (1, "Power", [100, 200, 400, 800, 1600], (0.85, -0.03, 0.5), 0.002, True),
    (2, "Power", [500, 1000, 2000, 4000, 8000, 16000], (0.30, 0.02, 0.8), 0.001, False),
    (3, "Power", [50, 80, 130, 210, 340, 550, 890], (47000, 2500, 0.35), 150, False),
    (4, "Exponential", [100, 200, 400, 800, 1600], (0.9, -0.004, 3.0), 0.0015, True),
    (5, "Exponential", [1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000], (0.55, 0.01, 2.5), 0.002, False),
    (6, "Power", [37, 141, 388, 1201], (0.7, -0.05, 0.6), 0.004, True),
]:
    random = np.random.default_rng(seed)
    x = np.array(sizes) / sizes[-1]
    errors = noise * x ** -0.4 * random.uniform(0.7, 1.4, len(x))
    scores = FORMS[form](x, *truth) + errors * random.normal(size=len(x))
    for other, curve in FORMS.items():
        rate = 1.0 if other == "Power" else 3.0
        found, _ = curve_fit(curve, x, scores, p0=(truth[0], truth[1], rate), sigma=errors, absolute_sigma=True, maxfev=100000, ftol=1e-15, xtol=1e-15, gtol=1e-15)
        low, high = (0.02, 8) if other == "Power" else (1, 64)
        if low < found[2] < high and (found[1] < 0) == more:  # else the best allowed rate is a bound, of which curve_fit knows nothing
            misfit = float((((scores - curve(x, *found)) / errors) ** 2).sum())
            out["fits"].append({"form": other, "higherIsBetter": more, "sizes": sizes, "scores": scores.tolist(), "errors": errors.tolist(),
                                "asymptote": found[0], "gap": found[1], "rate": found[2], "misfit": misfit})

json.dump(out, sys.stdout)
sys.stdout.write("\n")
