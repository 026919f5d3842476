"""Reference figures of mpmath for the chi-square and normal distributions, at 50 digits.

    pip install mpmath==1.4.1
    python tests/reference/distributions.py > tests/reference/distributions.json
"""

import json

import mpmath

mpmath.mp.dps = 50
chi_square = [
    [x, k, float(mpmath.gammainc(mpmath.mpf(k) / 2, x / mpmath.mpf(2), regularized=True))]
    for k in [1, 2, 3, 5, 10, 31, 100, 1000]
    for x in [k * f for f in [0.001, 0.25, 0.75, 1, 1.25, 2, 4]] + [60.5]
]
normal = [[p, float(mpmath.sqrt(2) * mpmath.erfinv(2 * mpmath.mpf(p) - 1))] for p in [1e-12, 0.001, 0.025, 0.3, 0.5, 0.9, 0.975, 0.9995]]
print(
    json.dumps(
        {
            "tool": f"mpmath {mpmath.__version__}",
            "script": "tests/reference/distributions.py",
            "chiSquareSurvival": [case for case in chi_square if case[2] > 1e-300],
            "normalQuantile": normal,
        }
    )
)
