"""The other side of the learners benchmark: XGBoost and scikit-learn behind standard input and output.

A request is a line of JSON and so is its answer. Numbers come as raw arrays in files (features float32 row by row, target
float64, rows int32). Only the work itself is timed: slices and conversions of the table are made, and kept, before.
"""
import functools
import gc
import json
import sys
import time

import numpy as np
import sklearn
import threadpoolctl
import xgboost as xgb
from sklearn.ensemble import (
    ExtraTreesClassifier, ExtraTreesRegressor, HistGradientBoostingClassifier, HistGradientBoostingRegressor, RandomForestClassifier, RandomForestRegressor)
from sklearn.ensemble._hist_gradient_boosting import gradient_boosting
from sklearn.ensemble._hist_gradient_boosting.grower import TreeGrower
from sklearn.linear_model import ElasticNet, LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

SINGLE_ROWS = 200
SLOW_SINGLE_ROWS = 10  # a call of scikit-learn costs milliseconds


class Table:
    def __init__(self, request):
        self.target = np.fromfile(request["target"], dtype=np.float64)
        self.features = np.fromfile(request["features"], dtype=np.float32).reshape(request["rows"], -1)
        self.task = request["task"]
        self.classes = request["classes"]
        self.parts = {}

    def part(self, file):
        """Features (single and double precision) and target of the rows in a file."""
        if file not in self.parts:
            if len(self.parts) > 3:
                self.parts.clear()
            rows = np.fromfile(file, dtype=np.int32)
            features = np.ascontiguousarray(self.features[rows])
            self.parts[file] = features, features.astype(np.float64), self.target[rows]
        return self.parts[file]


def measured(work):
    """Does the work once, after a garbage collection that is not counted."""
    gc.collect()
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    return result, {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


def per_call(work, rows):
    def loop():
        for row in rows:
            work(row)

    _, times = measured(loop)
    return {name: value / len(rows) for name, value in times.items()}


class XGBoost:
    """Histogram trees, leaf by leaf; the constant that scores start from is the best one where the library leaves it to the caller."""

    def fit(self, table, file, request):
        features, _, target = table.part(file)
        parameters = {
            "tree_method": "hist", "grow_policy": "lossguide", "max_depth": 0, "max_leaves": request["leaves"], "max_bin": 255,
            "learning_rate": 0.1, "min_child_weight": request["min_child_weight"], "reg_lambda": 1, "reg_alpha": 0, "gamma": 0, "nthread": request["threads"], "verbosity": 0,
        }
        if table.task == "multiclass":
            parameters.update(objective="multi:softprob", num_class=table.classes)
        else:
            parameters.update(objective="binary:logistic" if table.task == "binary" else "reg:squarederror", base_score=float(target.mean()))

        def work():
            data = xgb.DMatrix(features, target, nthread=request["threads"])
            return xgb.train(parameters, data, request["rounds"])

        self.model, times = measured(work)
        return times

    def predict(self, table, file, threads):
        self.model.set_param({"nthread": threads})
        features = table.part(file)[0]
        rows = [features[i:i + 1] for i in range(min(SINGLE_ROWS, len(features)))]
        # a matrix remembers its predictions, so each call has a new one, made before
        matrices = [xgb.DMatrix(row, nthread=threads) for row in rows]
        matrix = xgb.DMatrix(features, nthread=threads)
        tables = {"predict": measured(lambda: self.model.predict(matrix))[1], "inplace_predict": measured(lambda: self.model.inplace_predict(features))[1]}
        singles = {"predict": per_call(self.model.predict, matrices), "inplace_predict": per_call(self.model.inplace_predict, rows)}
        return quickest(tables, singles)

    def stages(self, table, train, valid, request):
        self.fit(table, train, request)
        matrix = xgb.DMatrix(table.part(valid)[0], nthread=request["threads"])
        return [self.model.predict(matrix, iteration_range=(0, stage)) for stage in request["stages"]]


class LightGBM:
    """The library whose hyperparameters ours has. In no package of Debian's, so only for those who have it and ask for it."""

    def fit(self, table, file, request):
        import lightgbm

        features, _, target = table.part(file)
        parameters = {
            "num_leaves": request["leaves"], "max_bin": 255, "learning_rate": 0.1, "min_sum_hessian_in_leaf": request["min_child_weight"], "min_data_in_leaf": 1,
            "lambda_l2": 1, "min_data_in_bin": 1, "bin_construct_sample_cnt": len(target), "feature_pre_filter": False, "num_threads": request["threads"], "verbosity": -1,
            "objective": {"binary": "binary", "multiclass": "multiclass", "regression": "regression"}[table.task],
        }
        if table.task == "multiclass":
            parameters["num_class"] = table.classes
        self.model, times = measured(lambda: lightgbm.train(parameters, lightgbm.Dataset(features, target), request["rounds"]))
        return times

    def predict(self, table, file, threads):
        features = table.part(file)[0]
        rows = [features[i:i + 1] for i in range(min(SLOW_SINGLE_ROWS, len(features)))]

        def call(values):
            return self.model.predict(values, num_threads=threads)

        return quickest({"predict": measured(lambda: call(features))[1]}, {"predict": per_call(call, rows)})

    def stages(self, table, train, valid, request):
        self.fit(table, train, request)
        features = table.part(valid)[0]
        return [self.model.predict(features, num_iteration=stage, num_threads=request["threads"]) for stage in request["stages"]]


class HistGB:
    """scikit-learn's histogram boosting. Its constructor has no word for the smallest hessian of a child, 0.001, but its tree grower does."""

    def fit(self, table, file, request):
        _, features, target = table.part(file)
        make = HistGradientBoostingRegressor if table.task == "regression" else HistGradientBoostingClassifier
        model = make(
            learning_rate=0.1, max_iter=request["rounds"], max_leaf_nodes=request["leaves"], max_depth=None, min_samples_leaf=1, l2_regularization=1,
            max_bins=255, early_stopping=False)
        gradient_boosting.TreeGrower = functools.partial(TreeGrower, min_hessian_to_split=request["min_child_weight"])
        with threadpoolctl.threadpool_limits(request["threads"]):
            self.model, times = measured(lambda: model.fit(features, target))
        return times

    def predict(self, table, file, threads):
        with threadpoolctl.threadpool_limits(threads):
            return predict_times(table, self.model, table.part(file)[1])

    def stages(self, table, train, valid, request):
        self.fit(table, train, request)
        features = table.part(valid)[1]
        with threadpoolctl.threadpool_limits(request["threads"]):
            every = self.model.staged_predict(features) if table.task == "regression" else self.model.staged_predict_proba(features)
            chosen = {number: values for number, values in enumerate(every, 1) if number in request["stages"]}
        return [probabilities(table, chosen[stage]) for stage in request["stages"]]


class Forest:
    """Random forest or extremely randomised trees."""

    def __init__(self, classifier, regressor):
        self.classifier, self.regressor = classifier, regressor

    def fit(self, table, file, request):
        features, _, target = table.part(file)
        self.bins = [np.append(bin_edges(column, request["bins"]), column.max()) for column in features.T] if request["bins"] else None
        features = self.seen(features)
        columns = max(1, round(request["max_features"] * features.shape[1]))  # a share would be rounded down
        model = (self.regressor if table.task == "regression" else self.classifier)(
            n_estimators=request["rounds"], max_features=columns, min_samples_leaf=request["min_child_samples"], bootstrap=request["bootstrap"],
            n_jobs=request["threads"], random_state=request["seed"])
        self.model, times = measured(lambda: model.fit(features, target))
        return times

    def predict(self, table, file, threads):
        self.model.n_jobs = threads
        return predict_times(table, self.model, self.seen(table.part(file)[0]))

    def stages(self, table, train, valid, request):
        self.fit(table, train, request)
        return [predictions(table, self.model, self.seen(table.part(valid)[0]))]

    def seen(self, features):
        """Each value as the last one of its bin, where the request asks for bins."""
        if self.bins is None:
            return features
        return np.stack([bins[np.minimum(np.searchsorted(bins, column), len(bins) - 1)] for bins, column in zip(self.bins, features.T)], axis=1)


class Linear:
    """Penalised linear models of standardised columns; the penalty weighs against the mean loss, for numbers that of the standardised label."""

    def fit(self, table, file, request):
        _, features, target = table.part(file)
        strength, ratio = request["strength"], request["l1_ratio"]
        self.mean, self.deviation = (target.mean(), target.std()) if table.task == "regression" else (0, 1)
        if table.task != "regression":
            penalty = {"penalty": "l2", "solver": "lbfgs"} if ratio == 0 else {"penalty": "elasticnet", "l1_ratio": ratio, "solver": "saga"}
            model = LogisticRegression(C=1 / (len(target) * strength), multi_class="multinomial" if table.task == "multiclass" else "auto", max_iter=2000, tol=1e-5, **penalty)
        elif ratio == 0:
            model = Ridge(alpha=len(target) * strength)
        else:
            model = ElasticNet(alpha=strength, l1_ratio=ratio, tol=1e-6, max_iter=10000)
        model = make_pipeline(StandardScaler(), model)
        with threadpoolctl.threadpool_limits(request["threads"]):
            self.model, times = measured(lambda: model.fit(features, (target - self.mean) / self.deviation))
        return times

    def predict(self, table, file, threads):
        with threadpoolctl.threadpool_limits(threads):
            return predict_times(table, self.model, table.part(file)[1])

    def stages(self, table, train, valid, request):
        self.fit(table, train, request)
        return [predictions(table, self.model, table.part(valid)[1]) * self.deviation + self.mean]


def bin_edges(column, bins):
    """The last value of each bin but the highest: every value its own, or by quantiles where there are more of them."""
    values = np.unique(column)
    return values[:-1] if len(values) <= bins else np.unique(np.quantile(column, np.linspace(0, 1, bins + 1)[1:-1], method="lower"))


def predict_times(table, model, features):
    call = model.predict if table.task == "regression" else model.predict_proba
    rows = [features[i:i + 1] for i in range(min(SLOW_SINGLE_ROWS, len(features)))]
    return quickest({"predict": measured(lambda: call(features))[1]}, {"predict": per_call(call, rows)})


def predictions(table, model, features):
    return model.predict(features) if table.task == "regression" else probabilities(table, model.predict_proba(features))


def probabilities(table, values):
    return values[:, 1] if table.task == "binary" else values


def quickest(tables, singles):
    table, single = (min(times, key=lambda name: times[name]["seconds"]) for times in (tables, singles))
    return {"table_time": tables[table], "single_time": singles[single], "how": f"{table} / {single}"}


PEERS = {
    "xgboost": XGBoost(), "lightgbm": LightGBM(), "histgb": HistGB(), "linear": Linear(),
    "random_forest": Forest(RandomForestClassifier, RandomForestRegressor), "extra_trees": Forest(ExtraTreesClassifier, ExtraTreesRegressor),
}
TABLES = {}


def answer(request):
    if request["do"] == "hello":
        return {"versions": f"xgboost {xgb.__version__}, scikit-learn {sklearn.__version__}, Python {sys.version.split()[0]}"}
    if request["do"] == "load":
        TABLES[request["table"]] = Table(request)
        return {}
    table, peer = TABLES[request["table"]], PEERS[request["peer"]]
    if request["do"] == "fit":
        return peer.fit(table, request["train"], request)
    if request["do"] == "stages":
        stages = peer.stages(table, request["train"], request["valid"], request)
        np.concatenate([np.asarray(values, dtype=np.float64).ravel() for values in stages]).tofile(request["out"])
        return {}
    return peer.predict(table, request["valid"], request["threads"])


for line in sys.stdin:
    try:
        reply = answer(json.loads(line))
    except Exception as fault:
        reply = {"error": f"{type(fault).__name__}: {fault}"}
    print(json.dumps(reply), flush=True)
