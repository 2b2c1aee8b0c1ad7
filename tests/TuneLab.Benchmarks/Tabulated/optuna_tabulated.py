"""Optuna's multivariate TPE among tabulated runs, as a process. A search is a line of JSON with seed, evaluations and parameters; for each trial the values proposed go out as one line, and the values of the run that
answered come back with its loss as the next, which may say that it is the last. The study holds the runs that answered, not the proposals."""
import json
import sys
import warnings

import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.filterwarnings("ignore")
print(optuna.__version__, flush=True)


def distribution(p):
    if "choices" in p:
        return CategoricalDistribution(p["choices"])
    return (IntDistribution if p["whole"] else FloatDistribution)(p["low"], p["high"], log=p["log"])


for line in sys.stdin:
    search = json.loads(line)
    space = {p["name"]: distribution(p) for p in search["parameters"]}
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=search["seed"], multivariate=True))
    for _ in range(search["evaluations"]):
        asked = study.ask(space)
        print(json.dumps(asked.params), flush=True)
        answer = json.loads(sys.stdin.readline())
        study.tell(asked, state=optuna.trial.TrialState.FAIL)  # TPE does not look at failed trials
        study.add_trial(optuna.trial.create_trial(params=answer["values"], distributions=space, value=answer["loss"]))
        if answer["last"]:
            break
