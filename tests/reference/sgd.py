"""Reference figures of scikit-learn's SGDClassifier for the library.

    pip install scikit-learn==1.5.2
    python tests/reference/sgd.py > tests/reference/sgd.json
"""

import json
import warnings

import numpy as np
import sklearn
from sklearn.linear_model import SGDClassifier

warnings.filterwarnings("ignore")


def case(name, X, y, epochs=None, **params):
    model = SGDClassifier(shuffle=False, **params)
    if epochs:
        for _ in range(epochs):
            model.partial_fit(X, y, classes=np.unique(y))
    else:
        model.fit(X, y)
    row = {
        "name": name,
        "y": y.tolist(),
        "epochs": epochs,
        "params": params,
        "coef": model.coef_.ravel().tolist(),
        "intercept": model.intercept_.tolist(),
        "nIter": int(model.n_iter_),
        "firstRow": None,
    }
    if params.get("loss", "hinge") != "hinge":
        row["firstRow"] = model.predict_proba(X)[0].tolist()
    return row


def main():
    random = np.random.default_rng(3)
    X = random.normal(size=(60, 4)).round(3)
    score = X @ np.array([1.0, -0.5, 0.0, 0.3]) + random.logistic(size=60)
    two = (score > 0.2).astype(int)
    three = np.digitize(score, [-0.6, 0.9])
    cases = [
        case("hinge", X, two),
        case("logistic", X, two, loss="log_loss", alpha=0.01),
        case("modified Huber", X, two, loss="modified_huber", alpha=0.01),
        case("L1", X, two, loss="log_loss", penalty="l1", alpha=0.02),
        case("elastic net", X, two, penalty="elasticnet", l1_ratio=0.4, alpha=0.01),
        case("no penalty, constant steps", X, two, loss="log_loss", penalty=None, learning_rate="constant", eta0=0.02),
        case("inverse scaling", X, two, learning_rate="invscaling", eta0=0.1, power_t=0.3),
        case("adaptive", X, two, loss="log_loss", learning_rate="adaptive", eta0=0.1),
        case("no intercept", X, two, fit_intercept=False),
        case("partial fits", X, two, epochs=3, loss="log_loss", alpha=0.01),
        case("partial fits of three classes", X, three, epochs=4, loss="log_loss", alpha=0.01),
        case("modified Huber, three classes", X, three, epochs=2, loss="modified_huber", alpha=0.01),
    ]
    print(json.dumps({"tool": f"scikit-learn {sklearn.__version__}", "X": X.tolist(), "cases": cases}, indent=1))


main()
