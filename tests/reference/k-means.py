"""Writes k-means.json: scikit-learn's KMeans on iris and on digits."""
import json
import sklearn
from sklearn.cluster import KMeans
from sklearn.datasets import load_digits, load_iris
from sklearn.metrics import adjusted_rand_score

out = {"tool": "scikit-learn", "version": sklearn.__version__}
for name, load, k in [("iris", load_iris, 3), ("digits", load_digits, 10)]:
    data = load()
    model = KMeans(k, n_init=10, random_state=0).fit(data.data)
    out[name] = {
        "columns": data.data.shape[1],
        "x": data.data.ravel().tolist() if name == "iris" else "".join(chr(int(v) + 48) for v in data.data.ravel()),
        "target": data.target.tolist(),
        "k": k,
        "inertia": model.inertia_,
        "adjusted_rand": adjusted_rand_score(data.target, model.labels_),
    }
json.dump(out, open("tests/reference/k-means.json", "w"))
print({k: (v["inertia"], v["adjusted_rand"]) for k, v in out.items() if isinstance(v, dict)})
