"""Reference figures of scikit-learn's NearestNeighbors for the library.

    pip install scikit-learn==1.9.1
    python tests/reference/neighbours.py > tests/reference/neighbours.json
"""

import json

import sklearn
from sklearn.datasets import load_digits, load_iris
from sklearn.neighbors import NearestNeighbors

out = {"tool": "scikit-learn", "version": sklearn.__version__, "cases": []}
for name, X in [("iris", load_iris().data), ("digits", load_digits().data)]:
    for metric in ["euclidean", "cosine"]:
        model = NearestNeighbors(n_neighbors=6, metric=metric, algorithm="brute").fit(X)
        distances, indices = model.kneighbors()
        some = range(0, len(X), len(X) // 25)
        out["cases"].append(
            {
                "name": name,
                "metric": metric,
                "rows": list(some),
                "distances": [distances[i].tolist() for i in some],
                "indices": [indices[i].tolist() for i in some],
                "sum": float(distances.sum()),
            }
        )
print(json.dumps(out))
