"""Reference figures of lifelines for survival curves and log-rank tests.

    pip install lifelines==0.30.3
    python tests/reference/survival.py > tests/reference/survival.json
"""

import json

import lifelines
import numpy as np
from lifelines import KaplanMeierFitter
from lifelines.statistics import logrank_test, multivariate_logrank_test

random = np.random.default_rng(5)
n = 60
durations = np.ceil(random.exponential(6, size=n)) + 1
events = random.integers(0, 3, size=n) > 0
entry = np.floor(durations * random.uniform(0, 0.8, size=n))
groups = random.integers(0, 3, size=n)


def curve(**options):
    fitter = KaplanMeierFitter().fit(durations, events, **options)
    band = fitter.confidence_interval_survival_function_
    return {
        "timeline": fitter.timeline.tolist(),
        "survival": fitter.survival_function_["KM_estimate"].tolist(),
        "lower": band.iloc[:, 0].tolist(),
        "upper": band.iloc[:, 1].tolist(),
        "observed": fitter.event_table["observed"].tolist(),
        "censored": fitter.event_table["censored"].tolist(),
        "entrance": fitter.event_table["entrance"].tolist(),
        "median": float(fitter.median_survival_time_),
        "percentile80": float(fitter.percentile(0.8)),
        "predict": [float(fitter.predict(t)) for t in [0, 2.5, 7, 1000]],
    }


def test(result):
    return {
        "testStatistic": float(result.test_statistic),
        "pValue": float(result.p_value),
        "degreesOfFreedom": int(result.degrees_of_freedom),
    }


a, b = groups == 0, groups == 1
print(
    json.dumps(
        {
            "tool": f"lifelines {lifelines.__version__}",
            "script": "tests/reference/survival.py",
            "durations": durations.tolist(),
            "events": events.tolist(),
            "entry": entry.tolist(),
            "groups": groups.tolist(),
            "curve": curve(),
            "curve90": curve(alpha=0.1),
            "lateEntry": curve(entry=entry),
            "logrank": test(logrank_test(durations[a], durations[b], events[a], events[b])),
            "multivariate": test(multivariate_logrank_test(durations, groups, events)),
        }
    )
)
