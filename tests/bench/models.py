"""Twins of the speed cases in scikit-learn, implicit and numpy.

models.py CASE FOLDER THREADS: does the work of CASE on the data in FOLDER and prints seconds of a step and quality of each tool as JSON.
"""

import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from models_numpy import Gru, Lstm, train_ranking, train_recurrent


class Data:
    """Numbers and raw arrays of one case."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.numbers = json.loads((self.folder / "data.json").read_text())

    def __getitem__(self, name):
        return self.numbers[name]

    def singles(self, name, *shape):
        return np.fromfile(self.folder / f"{name}.bin", np.float32).reshape(shape or -1)

    def integers(self, name):
        return np.fromfile(self.folder / f"{name}.bin", np.int32)


def timed(work):
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def k_means(data):
    from sklearn.cluster import KMeans

    x = data.singles("x", data["rows"], data["columns"])
    k, steps = data["k"], data["rounds"] + 1
    model = KMeans(k, init=x[:k], n_init=1, max_iter=steps, tol=0, algorithm="lloyd")
    seconds, model = timed(lambda: model.fit(x))
    yield "scikit-learn", seconds / model.n_iter_, model.inertia_


def rounds_of(data, epochs):
    """Seconds of an epoch, the median of all but the first, and what the last one gave."""
    seconds = []
    for _ in range(data["rounds"] + 1):
        taken, result = timed(lambda: next(epochs))
        seconds.append(taken)
    return np.median(seconds[1:]), result


def mlp(data):
    from sklearn.neural_network import MLPClassifier

    rows, batch, epochs = data["rows"], data["batch"], data["rounds"] + 1
    x, y = data.singles("x", rows, data["columns"]), data.singles("y")
    model = MLPClassifier((64, 32), alpha=0, batch_size=batch, max_iter=epochs, n_iter_no_change=epochs, random_state=0)
    seconds, model = timed(lambda: model.fit(x, y))
    yield "scikit-learn", seconds / model.n_iter_ / -(-rows // batch), model.loss_


def recurrent(layer):
    def run(data):
        count, batch = data["sequences"], data["batch"]
        x = data.singles("x", count, data["steps"], data["columns"])
        epochs = train_recurrent(layer(), x, data.singles("y"), data["hiddenSize"], batch, data["rounds"] + 1)
        seconds, loss = rounds_of(data, epochs)
        yield "numpy", seconds / -(-count // batch), loss

    return run


def user_items(data):
    starts, indices = data.integers("userItems.starts"), data.integers("userItems.indices")
    row_of = np.repeat(np.arange(len(starts) - 1, dtype=np.int32), np.diff(starts))
    return starts, indices, row_of


def ranked_above(data, users, items):
    """Share of held pairs whose item scores above the other one."""
    x = users[data.integers("heldUsers")]
    difference = items[data.integers("heldItems")] - items[data.integers("others")]
    return np.mean(np.sum(x * difference, 1) > 0)


def csr(data, value=1):
    from scipy.sparse import csr_matrix

    starts, indices, _ = user_items(data)
    shape = (data["userItems.rows"], data["userItems.columns"])
    return csr_matrix((np.full(len(indices), value, np.float32), indices, starts), shape)


def bpr(data):
    _, liked, row_of = user_items(data)
    batch, width, rate, penalty = data["batch"], data["factors"] + 1, data["learningRate"], data["regularization"]
    users, items = data.singles("start.users", -1, width), data.singles("start.items", -1, width)
    steps, epochs = -(-len(liked) // batch), data["rounds"] + 1
    seconds, factors = rounds_of(data, train_ranking(users, items, row_of, liked, batch, rate, penalty, epochs))
    yield "numpy", seconds / steps, ranked_above(data, *factors)

    try:
        from implicit.bpr import BayesianPersonalizedRanking
    except ImportError:
        return
    model = BayesianPersonalizedRanking(
        factors=data["factors"], learning_rate=rate, regularization=penalty, iterations=epochs,
        verify_negative_samples=False, num_threads=threads, random_state=0,
    )
    seconds, _ = timed(lambda: model.fit(csr(data), show_progress=False))
    yield "implicit", seconds / epochs / steps, ranked_above(data, model.user_factors, model.item_factors)


def als(data):
    try:
        from implicit.als import AlternatingLeastSquares
    except ImportError:
        return
    epochs = data["rounds"] + 1
    model = AlternatingLeastSquares(
        factors=data["factors"], regularization=data["regularization"], alpha=1, iterations=epochs,
        num_threads=threads, random_state=0,
    )
    seconds, _ = timed(lambda: model.fit(csr(data, data["confidence"]), show_progress=False))
    yield "implicit", seconds / epochs, ranked_above(data, model.user_factors, model.item_factors)


def whole(data, work):
    """Median seconds of the work, which is done once before, and what it gives."""
    runs = [timed(work) for _ in range(data["rounds"] + 1)]
    return np.median([seconds for seconds, _ in runs[1:]]), runs[-1][1]


def neighbors(data):
    from sklearn.neighbors import NearestNeighbors

    x = data.singles("x", data["rows"], data["columns"])
    model = NearestNeighbors(n_neighbors=data["k"], algorithm="brute", n_jobs=threads).fit(x)
    seconds, (distances, _) = whole(data, lambda: model.kneighbors())
    yield "scikit-learn", seconds, distances.mean()


def classifier(make):
    def run(data):
        from sklearn.metrics import roc_auc_score

        x, y = data.singles("x", data["rows"], data["columns"]), data.singles("y")
        held = data.singles("held.x", data["held.rows"], data["columns"])
        seconds, model = whole(data, lambda: make().fit(x, y))
        yield "scikit-learn", seconds, roc_auc_score(data.singles("held.y"), model.predict_proba(held)[:, 1])

    return run


def boosting():
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(max_iter=100, max_depth=6, max_leaf_nodes=None, early_stopping=False)


def forest():
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(100, n_jobs=threads, random_state=0)


def pca(data):
    from sklearn.decomposition import PCA

    x = data.singles("x", data["rows"], data["columns"])
    seconds, model = whole(data, lambda: PCA(data["k"], random_state=0).fit(x))
    yield "scikit-learn", seconds, model.singular_values_[0]


cases = {
    "k-means": k_means,
    "mlp": mlp,
    "lstm": recurrent(Lstm),
    "gru": recurrent(Gru),
    "bpr": bpr,
    "als": als,
    "neighbors": neighbors,
    "gradient-boosting": classifier(boosting),
    "random-forest": classifier(forest),
    "pca": pca,
}

if __name__ == "__main__":
    case, folder = sys.argv[1:3]
    threads = int(sys.argv[3])
    warnings.simplefilter("ignore")
    found = {}
    with threadpool_limits(limits=threads):
        for tool, seconds, quality in cases[case](Data(folder)):
            found[tool] = {"seconds": float(seconds), "quality": float(quality)}
    print(json.dumps(found))
