import type { PlacedCloud } from "../../views/cloud.ts";
import { cloudDrawing, type Raster } from "../../views/cloud-raster.ts";

/** How long one piece of drawing may take, in milliseconds, and how many points are drawn between looks at the clock. */
const budget = 8;
const batch = 2000;

/** A cloud drawn at `scale` pixels to one, a few milliseconds at a time, so that the page never waits. */
export function drawInPieces(placed: PlacedCloud, scale: number): Promise<Raster> {
  const { raster, steps, draw } = cloudDrawing(placed, scale);
  return new Promise((resolve) => {
    let from = 0;
    const next = (): void => {
      for (const end = performance.now() + budget; from < steps && performance.now() < end; from += batch)
        draw(from, Math.min(steps, from + batch));
      if (from < steps) setTimeout(next);
      else resolve(raster);
    };
    next();
  });
}
