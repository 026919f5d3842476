"""Reference figures of numpy's full SVD and of scikit-learn's PCA for the library.

    pip install scikit-learn==1.9.1 numpy==2.4.6
    python tests/reference/pca.py > tests/reference/pca.json
"""

import json

import numpy as np
import sklearn
from sklearn.datasets import load_digits, load_iris
from sklearn.decomposition import PCA


def minstd(state):
    while True:
        state = state * 48271 % 2147483647
        yield 2 * state / 2147483647 - 1


def low_rank(seed, n, d, r, noise):
    draw = minstd(seed)
    u = np.array([next(draw) for _ in range(n * r)]).reshape(n, r)
    v = np.array([next(draw) for _ in range(r * d)]).reshape(r, d)
    e = np.array([next(draw) for _ in range(n * d)]).reshape(n, d)
    return (u / np.arange(1, r + 1)) @ v + noise * e


def case(name, X, k, **made):
    centred = X - X.mean(axis=0)
    model = PCA(k, svd_solver="full").fit(X)
    white = PCA(k, svd_solver="full", whiten=True).fit(X)
    return {
        "name": name,
        **made,
        "k": k,
        "singularValues": np.linalg.svd(centred, compute_uv=False)[:k].tolist(),
        "components": model.components_[: min(k, 3)].ravel().tolist(),
        "explainedVariance": model.explained_variance_.tolist(),
        "explainedVarianceRatio": model.explained_variance_ratio_.tolist(),
        "first": model.transform(X[:2]).ravel().tolist(),
        "whitened": white.transform(X[:2]).ravel().tolist(),
    }


cases = [case("iris", load_iris().data, 3), case("digits", load_digits().data, 10)]
for seed, n, d, r, noise, k in [(1, 60, 30, 4, 0, 4), (2, 200, 250, 8, 0.05, 8), (3, 40, 300, 5, 0.1, 5), (4, 300, 20, 6, 0.1, 6)]:
    made = {"seed": seed, "rows": n, "columns": d, "rank": r, "noise": noise}
    cases.append(case(f"{n} × {d} of rank {r}", low_rank(seed, n, d, r, noise), k, **made))
print(
    json.dumps(
        {
            "tool": "scikit-learn",
            "version": sklearn.__version__,
            "numpy": np.__version__,
            "digitsForNinetyPercent": int(PCA(0.9, svd_solver="full").fit(load_digits().data).n_components_),
            "cases": cases,
        }
    )
)
