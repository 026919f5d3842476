import type { PlacedCloud } from "./cloud.ts";

/** A drawn cloud: for each pixel the group seen there, and how much of the ground it covers, 0 to 255. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly group: Uint8Array;
  readonly cover: Uint8Array;
}

/** Drawing that is done bit by bit: steps 0 to `steps`, in order. */
export interface CloudDrawing {
  readonly raster: Raster;
  readonly steps: number;
  /** Draws the steps from `from` to `to`; each call goes on where the last one ended. */
  readonly draw: (from: number, to: number) => void;
}

/** Places of a dot between pixels, along each axis. */
const finer = 4;

/** How much of a dot's cover adds to what is covered already: little, so that one point is seen and a thousand are still told from a hundred. */
const overlap = 0.15 / 255;

/**
 * The drawing of a cloud at `scale` pixels to one. Points come in a fixed shuffled order, so that no group hides another for
 * standing later in the data; where dots overlap a pixel shows the last one's group and grows denser. `group` is the number of
 * the cloud's groups where a point is dimmed.
 */
export function cloudDrawing(placed: PlacedCloud, scale: number): CloudDrawing {
  const { cloud, box, view, dot, isolated } = placed;
  const width = Math.max(1, Math.round((box.right - box.left) * scale));
  const height = Math.max(1, Math.round((box.bottom - box.top) * scale));
  const raster = {
    width,
    height,
    group: new Uint8Array(width * height),
    cover: new Uint8Array(width * height),
  };
  const n = cloud.x.length;
  const stride = strideOf(n);
  const stamps = stampsOf(dot.radius * scale, dot.opacity);
  const kx = view.kx * scale;
  const ky = -view.ky * scale;
  const x0 = width / 2 - view.cx * kx;
  const y0 = height / 2 - view.cy * ky;
  const dimmed = cloud.roles.length;
  let i = 0;
  return {
    raster,
    steps: isolated === null ? n : 2 * n,
    draw(from, to) {
      for (let step = from; step < to; step++) {
        const group = cloud.group[i]!;
        const alone = group === isolated;
        // Where one group stands out, the others are drawn first, below it.
        if (isolated === null || alone === step >= n)
          stamp(
            raster,
            stamps,
            x0 + kx * cloud.x[i]!,
            y0 + ky * cloud.y[i]!,
            isolated === null || alone ? group : dimmed,
          );
        i += stride;
        if (i >= n) i -= n;
      }
    },
  };
}

/** A whole cloud drawn at once. */
export function rasterOf(placed: PlacedCloud, scale: number): Raster {
  const drawing = cloudDrawing(placed, scale);
  drawing.draw(0, drawing.steps);
  return drawing.raster;
}

/** The pixels of a raster as RGBA words: `colours[group]` is 0xbbggrr. */
export function paintRaster({ group, cover }: Raster, colours: readonly number[], pixels: Uint32Array): void {
  const words = Uint32Array.from(colours);
  for (let p = 0; p < pixels.length; p++) pixels[p] = cover[p] ? (cover[p]! << 24) | words[group[p]!]! : 0;
}

/** A dot's cover of the pixels around it, for each place between pixels. */
interface Stamps {
  readonly size: number;
  readonly reach: number;
  readonly covers: readonly Uint8Array[];
  /** Below this a pixel that has a group keeps it. */
  readonly rim: number;
}

function stampsOf(radius: number, opacity: number): Stamps {
  const reach = Math.ceil(radius + 0.5);
  const size = 2 * reach + 1;
  const covers = Array.from({ length: finer * finer }, (_, place) => {
    const [right, down] = [((place % finer) + 0.5) / finer, (Math.floor(place / finer) + 0.5) / finer];
    return Uint8Array.from({ length: size * size }, (_, pixel) => {
      const dx = (pixel % size) - reach + 0.5 - right;
      const dy = Math.floor(pixel / size) - reach + 0.5 - down;
      return Math.round(255 * opacity * Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(dx, dy))));
    });
  });
  return { size, reach, covers, rim: 127 * opacity };
}

function stamp(
  { width, height, group, cover }: Raster,
  stamps: Stamps,
  x: number,
  y: number,
  g: number,
): void {
  const { size, reach, covers, rim } = stamps;
  if (!(x > -reach && y > -reach && x < width + reach && y < height + reach)) return;
  const column = Math.floor(x);
  const row = Math.floor(y);
  const dot = covers[Math.floor((y - row) * finer) * finer + Math.floor((x - column) * finer)]!;
  const left = column - reach;
  const top = row - reach;
  const right = Math.min(width, left + size);
  const bottom = Math.min(height, top + size);
  for (let py = Math.max(0, top); py < bottom; py++) {
    const start = (py - top) * size - left;
    for (let px = Math.max(0, left); px < right; px++) {
      const a = dot[start + px]!;
      if (a === 0) continue;
      const p = py * width + px;
      const before = cover[p]!;
      if (a > rim || before === 0) group[p] = g;
      const denser = before + (255 - before) * a * overlap;
      cover[p] = a > denser ? a : denser;
    }
  }
}

/** A step below n that visits every one of n places once, far apart from one to the next. */
function strideOf(n: number): number {
  let stride = Math.round(0.618034 * n);
  while (divisor(stride, n) > 1) stride++;
  return stride;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
