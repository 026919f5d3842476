"""Reference figures of scikit-learn's measures of clusterings for the library.

    pip install scikit-learn==1.9.1
    python tests/reference/clusters.py > tests/reference/clusters.json
"""

import json

import numpy as np
import sklearn
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.datasets import load_digits, load_iris
from sklearn.metrics import adjusted_rand_score, silhouette_score

out = {"tool": "scikit-learn", "version": sklearn.__version__, "sets": [], "pairs": []}
for name, load, k in [("iris", load_iris, 3), ("digits", load_digits, 10)]:
    data = load()
    model = KMeans(k, n_init=10, random_state=0).fit(data.data)
    out["sets"].append(
        {
            "name": name,
            "labels": model.labels_.tolist(),
            "centers": model.cluster_centers_.ravel().tolist(),
            "inertia": model.inertia_,
            "miniBatchMedian": np.median(
                [MiniBatchKMeans(k, random_state=seed).fit(data.data).inertia_ for seed in range(40)]
            ),
            "silhouette": silhouette_score(data.data, model.labels_),
            "silhouetteOfTarget": silhouette_score(data.data, data.target),
            "adjustedRand": adjusted_rand_score(data.target, model.labels_),
        }
    )
for a, b in [
    ([0, 0, 1, 1], [1, 1, 0, 0]),
    ([0, 0, 1, 2], [0, 0, 1, 1]),
    ([0, 0, 0, 0], [0, 1, 2, 3]),
    ([0, 0, 0, 0], [1, 1, 1, 1]),
    ([0, 1, 2, 3], [3, 2, 1, 0]),
    ([0, 0, 1, 1, 2, 2], [0, 1, 1, 2, 2, 0]),
    ([0], [5]),
]:
    out["pairs"].append({"labelsTrue": a, "labelsPred": b, "score": adjusted_rand_score(a, b)})
print(json.dumps(out))
