"""Reference figures of scikit-learn for the library.

    pip install scikit-learn==1.9.1 pandas==2.3.3
    python tests/reference/scikit-learn.py ../shared/data > tests/reference/scikit-learn.json
"""

import json
import sys

import numpy as np
import pandas as pd
import sklearn
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score, roc_curve
from sklearn.model_selection import PredefinedSplit, StratifiedKFold, cross_validate
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

EXACT = {"solver": "newton-cholesky", "tol": 1e-12, "max_iter": 1000}


def floats(values):
    return [None if np.isinf(v) else float(v) for v in np.ravel(values)]


def logistic():
    """Three columns of unlike size, one of them far from 0, with two and with three classes."""
    random = np.random.default_rng(7)
    n = 80
    X = np.column_stack(
        [random.normal(size=n), random.exponential(2000, size=n), random.integers(2012, 2020, size=n)]
    ).round(3)
    score = X[:, 0] + (X[:, 1] - 2000) / 1500 - (X[:, 2] - 2016) / 3 + random.logistic(size=n)
    two = (score > 0.3).astype(int)
    three = np.digitize(score, [-0.5, 1.2])
    Z = StandardScaler().fit_transform(X).round(6)
    cases = []
    for name, features, y, params in [
        ("C = 1", Z, two, {"C": 1}),
        ("C = 0.05", Z, two, {"C": 0.05}),
        ("no penalty", Z, two, {"C": np.inf}),
        ("balanced classes", Z, two, {"C": 1, "class_weight": "balanced"}),
        ("given class weights", Z, two, {"C": 1, "class_weight": {0: 1, 1: 3}}),
        ("no intercept", Z, two, {"C": 1, "fit_intercept": False}),
        ("columns of unlike size", X, two, {"C": 1}),
        ("three classes", Z, three, {"C": 1}),
        ("three classes, balanced, C = 10", Z, three, {"C": 10, "class_weight": "balanced"}),
    ]:
        model = LogisticRegression(**{**EXACT, **params}).fit(features, y)
        probabilities = model.predict_proba(features)
        cases.append(
            {
                "name": name,
                "X": features.tolist(),
                "y": y.tolist(),
                "C": None if params["C"] == np.inf else params["C"],
                "classWeight": params.get("class_weight"),
                "fitIntercept": params.get("fit_intercept", True),
                "coef": floats(model.coef_),
                "intercept": floats(model.intercept_),
                "logLoss": log_loss(y, probabilities),
                "firstRow": floats(probabilities[0]),
            }
        )
    return cases


def vectorizer(numeric, categorical):
    return make_column_transformer(
        (make_pipeline(SimpleImputer(), StandardScaler()), numeric),
        (OneHotEncoder(handle_unknown="ignore", sparse_output=False), categorical),
        verbose_feature_names_out=False,
    )


def vectorized():
    train = pd.DataFrame(
        {
            "tenure": [1.0, 34.0, np.nan, 45.0, 2.0, 8.0],
            "fee": [0.1] * 6,
            "plan": ["month", "year", "month", None, "two", "year"],
            "active": [True, False, True, True, False, True],
        }
    )
    test = pd.DataFrame(
        {"tenure": [np.nan, 10.0], "fee": [0.1, 0.3], "plan": ["never seen", None], "active": [False, True]}
    )
    made = vectorizer(["tenure", "fee"], ["plan", "active"]).fit(train)
    return {"train": made.transform(train).tolist(), "test": made.transform(test).tolist()}


def metrics():
    random = np.random.default_rng(3)
    y = random.integers(0, 2, size=40)
    p = np.clip(random.beta(2, 2, size=40) * 0.7 + 0.3 * y, 0, 1).round(1)
    case = {"yTrue": y.tolist(), "yScore": p.tolist()}
    case["rocAucScore"] = roc_auc_score(y, p)
    case["logLoss"] = log_loss(y, p)
    case["brierScore"] = brier_score_loss(y, p)
    for name, drop in [("rocCurve", True), ("rocCurveWhole", False)]:
        case[name] = [floats(part) for part in roc_curve(y, p, drop_intermediate=drop)]
    three = np.array([0, 1, 2, 2])
    q = np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4], [1.0, 0.0, 0.0]])
    case["threeClasses"] = {
        "yTrue": three.tolist(),
        "yPred": q.ravel().tolist(),
        "logLoss": log_loss(three, q),
        "brierScore": brier_score_loss(three, q),
    }
    return case


def folds():
    y = list("ABBACABBBACCBABBCAB")
    split = StratifiedKFold(3).split(np.zeros(len(y)), y)
    return {"y": y, "test": [test.tolist() for _, test in split]}


def telco(folder):
    data = pd.read_csv(f"{folder}/telco/Telco-Customer-Churn.csv")
    fold = pd.read_csv(f"{folder}/telco/telco_folds.csv")["fold_of_row"]
    data["TotalCharges"] = pd.to_numeric(data["TotalCharges"], errors="coerce").fillna(0)
    numeric = ["tenure", "MonthlyCharges", "TotalCharges"]
    categorical = [c for c in data.columns if c not in [*numeric, "customerID", "Churn"]]
    model = make_pipeline(vectorizer(numeric, categorical), LogisticRegression(**EXACT, C=1))
    y = (data["Churn"] == "Yes").astype(int)
    scoring = {"rocAuc": "roc_auc", "logLoss": "neg_log_loss", "brierScore": "neg_brier_score", "accuracy": "accuracy"}
    result = cross_validate(model, data[numeric + categorical], y, cv=PredefinedSplit(fold), scoring=scoring)
    return {name: floats(np.abs(result[f"test_{name}"])) for name in scoring}


print(
    json.dumps(
        {
            "tool": f"scikit-learn {sklearn.__version__}",
            "script": "tests/reference/scikit-learn.py",
            "logistic": logistic(),
            "vectorizer": vectorized(),
            "metrics": metrics(),
            "stratifiedKFold": folds(),
            "telco": telco(sys.argv[1]),
        }
    )
)
