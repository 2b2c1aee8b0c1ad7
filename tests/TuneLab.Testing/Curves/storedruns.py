"""Makes searches.csv and rounds.csv from the stores of runs: python3 storedruns.py searches.csv rounds.csv STORE...

searches.csv: the scores of each run's trials at full fidelity, confirm's left out, in their order; runs of 24 and more.
rounds.csv: of up to four trials a run, the scores of each fold at about 1/32, 1/16, 1/8, 1/4 and 1/2 of its rounds, and, as the last line of each, with all of them allowed: at the count up to there whose mean loss is least, as a search settles it. Trials of 64 rounds and more whose loss was least at
the last checkpoint of their first half.
"""
import json
import re
import sqlite3
import struct
import sys

PER_RUN, FEWEST_TRIALS, FEWEST_ROUNDS, SIZES = 4, 24, 64, 5


def doubles(blob):
    return struct.unpack("<%dd" % (len(blob) // 8), blob)


def trials_of(db, experiment, fidelity):
    for number, stage, trainer, status, scores, rows, evaluations, rounds, folds in db.execute(
            "select number, stage, trainer, status, scores, row_fraction, evaluations" + fidelity + " from trials where experiment = ? order by number", (experiment,)).fetchall():
        scores = doubles(scores)
        if status == "completed" and stage != "confirm" and rows == rounds == folds == 1 and scores and all(s == s for s in scores):
            yield number, trainer, sum(scores) / len(scores), json.loads(evaluations)


def curve_of(db, metric, keys):
    """[sizes] rounds and the scores of the folds; None where it is no curve to look ahead from."""
    folds = []
    for key in keys:
        row = db.execute("select rounds, losses, metrics, scores from evaluations where content_key = ?", (key,)).fetchone()
        if row is None:
            return None
        names = json.loads(row[2])
        scores = doubles(row[3])[names.index(metric)::len(names)]
        folds.append(dict(zip(struct.unpack("<%di" % (len(row[0]) // 4), row[0]), zip(doubles(row[1]), scores))))
    if len(folds) < 2:
        return None
    reached = min(max(f) for f in folds)
    grid = [r for r in folds[0] if r <= reached]
    half = [r for r in grid if r <= reached / 2]
    if reached < FEWEST_ROUNDS or len(half) < SIZES or any(r not in f for f in folds for r in grid):
        return None

    def settled(counts):
        return min(counts, key=lambda r: sum(f[r][0] for f in folds))

    if settled(half) != half[-1]:
        return None
    shown = sorted({min(grid, key=lambda r: abs(r - half[-1] / 2 ** k)) for k in range(SIZES)})
    most = min(grid, key=lambda r: abs(r - 2 * half[-1]))
    best = settled([r for r in grid if r <= most])
    return [(r, [f[at][1] for f in folds]) for r, at in [(r, r) for r in shown] + [(most, best)]] if len(shown) == SIZES else None


searches, curves, seen = [], [], set()
for file in sys.argv[3:]:
    db = sqlite3.connect("file:" + file + "?mode=ro&immutable=1", uri=True)
    if not db.execute("select 1 from sqlite_master where name = 'trials'").fetchone():
        continue
    columns = [c[1] for c in db.execute("pragma table_info(trials)")]
    fidelity = ", round_fraction, fold_fraction" if "round_fraction" in columns else ", 1, 1"
    for experiment, name, result in db.execute("select id, name, result from experiments where result is not null").fetchall():
        metric = re.search(r'"metric":\s*"(\w+)"', result).group(1)
        trials = list(trials_of(db, experiment, fidelity))
        first = tuple(round(t[2], 9) for t in trials[:4])
        if len(trials) < FEWEST_TRIALS or first in seen:
            continue
        seen.add(first)
        run = "%s.%d" % (re.sub("-(auto|staged|none|paired)$", "", name), len(searches) + 1)
        searches.append((run, metric, [t[2] for t in trials]))
        found = ((t, curve_of(db, metric, t[3])) for t in trials if t[1] != "linear")
        curves += [(run, t[1], t[0], metric, c) for t, c in [f for f in found if f[1]][:PER_RUN]]

with open(sys.argv[1], "w", newline="\n") as out:
    out.write("run,metric,scores\n")
    for run, metric, scores in searches:
        out.write("%s,%s,%s\n" % (run, metric, " ".join("%.9g" % s for s in scores)))
with open(sys.argv[2], "w", newline="\n") as out:
    out.write("run,trainer,trial,metric,rounds,scores\n")
    for run, trainer, trial, metric, curve in curves:
        for rounds, scores in curve:
            out.write("%s,%s,%d,%s,%d,%s\n" % (run, trainer, trial, metric, rounds, " ".join("%.9g" % s for s in scores)))
print(len(searches), "searches,", len(curves), "curves of rounds")
