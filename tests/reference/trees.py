"""Reference figures of scikit-learn's trees for the library, on data that both sides make by the same whole numbers.

    pip install scikit-learn==1.9.1
    python tests/reference/trees.py > tests/reference/trees.json
"""

import json

import numpy as np
import sklearn
from sklearn.datasets import load_iris
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor


def mixed(i, j, seed):
    """A number in [0, 1) that is the same in TypeScript (tests/reference/tree-problems.ts)."""
    h = (i * 7919 + j * 104729 + seed * 611953 + 12345) % 1000003
    for _ in range(3):
        h = (h * h + 91 * h + 17 * j + i) % 1000003
    return h / 1000003


def problem(rows, columns, levels, seed):
    X = [[mixed(i, j, seed) if levels == 0 else int(mixed(i, j, seed) * levels) / levels for j in range(columns)] for i in range(rows)]
    value = [x[0] + x[1] * x[2] - x[-1] * x[-1] + (mixed(i, 99, seed) - 0.5) / 2 for i, x in enumerate(X)]
    return np.array(X), np.array(value)


def missing(X, seed):
    X = X.copy()
    for i in range(len(X)):
        if mixed(i, 50, seed) < 0.2:
            X[i, 0] = np.nan
        if mixed(i, 51, seed) < 0.1:
            X[i, 2] = np.nan
    return X


CASES = [
    ("the defaults", {}, 400, 0, False),
    ("few leaves", {"maxLeafNodes": 4, "maxIter": 30, "learningRate": 0.3}, 300, 40, False),
    ("depth 2 and L2", {"maxDepth": 2, "l2Regularization": 3, "maxIter": 40}, 300, 0, False),
    ("missing values", {"maxDepth": 3, "maxIter": 40}, 400, 0, True),
    ("more values than bins", {"maxBins": 16, "maxIter": 20, "minSamplesLeaf": 5}, 500, 0, False),
    ("no limit of leaves", {"maxLeafNodes": None, "maxIter": 15, "minSamplesLeaf": 25}, 700, 0, False),
]


def snake(name):
    return "".join("_" + c.lower() if c.isupper() else c for c in name)


def boosting():
    found = []
    for seed, (name, params, rows, levels, holes) in enumerate(CASES):
        X, value = problem(rows, 4, levels, seed)
        if holes:
            X = missing(X, seed)
        case = {"name": name, "params": params, "rows": rows, "levels": levels, "missing": holes, "seed": seed}
        given = {"early_stopping": False, **{snake(key): setting for key, setting in params.items()}}
        targets = {"two": (value > 0.3).astype(int), "three": np.digitize(value, [0.1, 0.5])}
        for key, y in targets.items():
            model = HistGradientBoostingClassifier(**given).fit(X, y)
            case[key] = model.predict_proba(X[:6])[:, 1].tolist()
        model = HistGradientBoostingRegressor(**given).fit(X, value)
        case["value"] = model.predict(X[:6]).tolist()
        found.append(case)
    return found


def early():
    X, value = problem(300, 4, 0, 9)
    params = {"early_stopping": True, "validation_fraction": None, "n_iter_no_change": 3, "tol": 0.01, "max_iter": 200}
    classifier = HistGradientBoostingClassifier(**params).fit(X, (value > 0.3).astype(int))
    regressor = HistGradientBoostingRegressor(**{**params, "tol": 0.0002}).fit(X, value)
    return {
        "classifier": {"nIter": classifier.n_iter_, "trainScore": classifier.train_score_.tolist()},
        "regressor": {"nIter": regressor.n_iter_, "trainScore": regressor.train_score_.tolist()},
    }


TREES = [
    ("depth 3", {"maxDepth": 3}),
    ("at least 15 rows a leaf", {"minSamplesLeaf": 15}),
    ("six leaves", {"maxLeafNodes": 6, "minSamplesLeaf": 5}),
    ("a least decrease", {"minImpurityDecrease": 0.02}),
]


def trees():
    found = []
    X, value = problem(240, 4, 60, 21)
    fresh, _ = problem(12, 4, 0, 22)
    for name, params in TREES:
        given = {"random_state": 0, **{snake(key): setting for key, setting in params.items()}}
        case = {"name": name, "params": params}
        for key, y, weight in [
            ("two", (value > 0.3).astype(int), None),
            ("three", np.digitize(value, [0.1, 0.5]), None),
            ("balanced", np.digitize(value, [0.1, 0.8]), "balanced"),
        ]:
            model = DecisionTreeClassifier(**given, class_weight=weight).fit(X, y)
            case[key] = {
                "importances": model.feature_importances_.tolist(),
                "proba": model.predict_proba(fresh)[:, 1].tolist(),
            }
        model = DecisionTreeRegressor(**{**given, "min_impurity_decrease": given.get("min_impurity_decrease", 0) / 10}).fit(X, value)
        case["value"] = {"importances": model.feature_importances_.tolist(), "predicted": model.predict(fresh).tolist()}
        found.append(case)
    return found


def forests():
    X, value = problem(600, 6, 0, 31)
    y = (value > 0.3).astype(int)
    oob, importances, r2 = [], [], []
    for seed in range(5):
        model = RandomForestClassifier(200, oob_score=True, random_state=seed).fit(X, y)
        oob.append(model.oob_score_)
        importances.append(model.feature_importances_)
        r2.append(RandomForestRegressor(200, oob_score=True, random_state=seed).fit(X, value).oob_score_)
    return {
        "oobAccuracy": float(np.mean(oob)),
        "oobR2": float(np.mean(r2)),
        "importances": np.mean(importances, axis=0).tolist(),
    }


def iris():
    X, y = load_iris(return_X_y=True)
    names = ["setosa", "versicolor", "virginica"]
    tree = DecisionTreeClassifier(max_depth=2, random_state=0).fit(X, y)
    forest = RandomForestClassifier(200, oob_score=True, random_state=0).fit(X, y)
    boosted = HistGradientBoostingClassifier(early_stopping=False).fit(X[::2], y[::2])
    return {
        "X": X.tolist(),
        "y": [names[k] for k in y],
        "treeDepth2": tree.score(X, y),
        "treeImportances": tree.feature_importances_.tolist(),
        "forestOob": forest.oob_score_,
        "boostedOtherHalf": boosted.score(X[1::2], y[1::2]),
    }


print(
    json.dumps(
        {
            "tool": f"scikit-learn {sklearn.__version__}",
            "script": "tests/reference/trees.py",
            "boosting": boosting(),
            "early": early(),
            "trees": trees(),
            "forests": forests(),
            "iris": iris(),
        }
    )
)
