"""Optuna's multivariate TPE as a process. Each search begins with a line of JSON, {"seed": 1, "space": [{"name": "x", "low": 0, "high": 1, "log": false, "step": null, "whole": false, "choices": null,
"when": null or ["kind", ["a"]]}, ...]}; it answers with values, a line of JSON {"x": 0.5}, and reads a loss after each, or 'end'. A line {"points": [[0.5, ...], ...], "losses": [...], "batch": 8} asks what a proposal
after these trials costs, and is answered with milliseconds of processor time."""
import json
import statistics
import sys
import time
import warnings

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.filterwarnings("ignore")


def suggest(trial, parameter):
    name, low, high = parameter["name"], parameter["low"], parameter["high"]
    if parameter["choices"]:
        return trial.suggest_categorical(name, parameter["choices"])
    if parameter["whole"]:
        return trial.suggest_int(name, int(low), int(high), step=int(parameter["step"]), log=parameter["log"])
    return trial.suggest_float(name, low, high, step=parameter["step"], log=parameter["log"])


def cost(points, losses, batch):
    distributions = {f"x{i}": optuna.distributions.FloatDistribution(0, 1) for i in range(len(points[0]))}
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=1, multivariate=True))
    study.add_trials([optuna.trial.create_trial(params=dict(zip(distributions, p)), distributions=distributions, value=v) for p, v in zip(points, losses)])
    spent, usual = 0, statistics.median(losses)
    for i in range(11):
        before = time.process_time()
        asked = [study.ask(distributions) for _ in range(batch)]
        spent += time.process_time() - before if i > 0 else 0
        for trial in asked:
            study.tell(trial, usual)
    return 1000 * spent / (10 * batch)


print(optuna.__version__, flush=True)
for line in sys.stdin:
    task = json.loads(line)
    if "points" in task:
        print(cost(task["points"], task["losses"], task["batch"]), flush=True)
        continue
    conditional = any(p["when"] for p in task["space"])
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=task["seed"], multivariate=True, group=conditional))
    while True:
        trial, values = study.ask(), {}
        for p in task["space"]:
            if p["when"] is None or values.get(p["when"][0]) in p["when"][1]:
                values[p["name"]] = suggest(trial, p)
        print(json.dumps(values), flush=True)
        answer = sys.stdin.readline().strip()
        if answer == "end":
            break
        study.tell(trial, float(answer))
