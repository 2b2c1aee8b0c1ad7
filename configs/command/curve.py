"""Fits a polynomial to a noisy curve by stochastic gradient descent and says how well, as TuneLab reads it: a line of JSON now and then, the last one with the final score."""
import argparse
import json
import math
import random

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float)
parser.add_argument("--degree", type=int)
parser.add_argument("--schedule", choices=["constant", "decay"])
parser.add_argument("--momentum", type=float)
parser.add_argument("--rows", type=float)
parser.add_argument("--rounds", type=int)
parser.add_argument("--seed", type=int)
args = parser.parse_args()


def curve(x):
    return math.sin(6 * x) + 0.5 * x


def features(x):
    """Chebyshev polynomials: of one size, which gradient descent likes."""
    values = [1.0, x]
    while len(values) <= args.degree:
        values.append(2 * x * values[-1] - values[-2])
    return values[: args.degree + 1]


table = random.Random(1)  # the data are the same in every run; the seed decides their order and the start
points = [table.uniform(-1, 1) for _ in range(400)]
rows = [(features(x), curve(x) + table.gauss(0, 0.2)) for x in points]
train, valid = rows[: int(300 * args.rows)], rows[300:]

draw = random.Random(args.seed)
weights = [draw.gauss(0, 0.1) for _ in range(args.degree + 1)]
speed = [0.0] * len(weights)
error = math.nan
for round_number in range(1, args.rounds + 1):
    step = args.lr / math.sqrt(round_number) if args.schedule == "decay" else args.lr
    draw.shuffle(train)
    for x, y in train:
        residual = sum(w * f for w, f in zip(weights, x)) - y
        for i, f in enumerate(x):
            speed[i] = args.momentum * speed[i] - step * residual * f
            weights[i] += speed[i]
    error = math.sqrt(sum((sum(w * f for w, f in zip(weights, x)) - y) ** 2 for x, y in valid) / len(valid))
    if not math.isfinite(error) or error > 1e6:
        raise SystemExit("diverged")
    if round_number % 5 == 0 and round_number < args.rounds:
        print(json.dumps({"round": round_number, "rmse": error}), flush=True)
print(json.dumps({"round": args.rounds, "rmse": error}))
