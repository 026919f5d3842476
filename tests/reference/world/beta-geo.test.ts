import { describe, expect, test } from "vitest";
import { hasRealData, readCsv } from "../read-csv.ts";
import { betaGeoLogLikelihood, expectedPurchases, fitBetaGeo } from "./beta-geo.ts";

// Fader, Hardie & Lee 2005 on CDNOW, and lifetimes 0.11.3 on the same summary (reference.json).
const published = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };

test("a customer's expected purchases are those of the paper", () => {
  expect(expectedPurchases(published, 39, { x: 2, tx: 30.43, T: 38.86 })).toBeCloseTo(1.226, 3);
});

describe.skipIf(!hasRealData("cdnow"))("on the CDNOW customers (../shared/data/cdnow)", () => {
  const table = readCsv("cdnow/cdnow_customers_summary.csv");
  const histories = {
    x: table.column("frequency").values as ArrayLike<number>,
    tx: table.column("recency").values as ArrayLike<number>,
    T: table.column("T").values as ArrayLike<number>,
  };

  test("the log-likelihood at the published parameters is that of lifetimes", () => {
    expect(betaGeoLogLikelihood(published, histories)).toBeCloseTo(-9582.426831182365, 6);
  });

  test("the fit reaches the optimum of lifetimes", () => {
    const fit = fitBetaGeo(histories, { r: 1, alpha: 1, a: 1, b: 1 });
    expect(fit.logLikelihood).toBeCloseTo(-9582.42556056736, 5);
    expect(fit.r).toBeCloseTo(0.24259291323947496, 3);
    expect(fit.alpha).toBeCloseTo(4.413531655274974, 2);
    expect(fit.a).toBeCloseTo(0.7928862279563486, 2);
    expect(fit.b).toBeCloseTo(2.4257536802635307, 2);
  });
});
