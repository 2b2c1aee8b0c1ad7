"""Optuna's multivariate TPE as a process: for each line 'seed evaluations low high low high ...' it answers that many points, one a line, and reads a loss after each."""
import sys
import warnings

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.filterwarnings("ignore")
print(optuna.__version__, flush=True)
for line in sys.stdin:
    words = line.split()
    seed, evaluations, bounds = int(words[0]), int(words[1]), [float(w) for w in words[2:]]
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed, multivariate=True))
    for _ in range(evaluations):
        trial = study.ask()
        print(*(repr(trial.suggest_float(f"x{i}", bounds[2 * i], bounds[2 * i + 1])) for i in range(len(bounds) // 2)), flush=True)
        study.tell(trial, float(sys.stdin.readline()))
