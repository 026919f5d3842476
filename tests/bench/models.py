"""Twins of the speed cases in scikit-learn, implicit and numpy.

models.py CASE FOLDER THREADS: does the work of CASE on the data in FOLDER and prints seconds of a step and quality of each tool as JSON.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits


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


cases = {"k-means": k_means}

if __name__ == "__main__":
    case, folder, threads = sys.argv[1:]
    found = {}
    with threadpool_limits(limits=int(threads)):
        for tool, seconds, quality in cases[case](Data(folder)) if case in cases else ():
            found[tool] = {"seconds": seconds, "quality": float(quality)}
    print(json.dumps(found))
