import { extentOf } from "./viewport.ts";

/** Points sorted into the cells of a grid, so that the nearest one is found without looking at all. */
export interface PointGrid {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly side: number;
  readonly left: number;
  readonly bottom: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Where the points of each cell start in `order`. */
  readonly start: Uint32Array;
  readonly order: Uint32Array;
}

const perCell = 4;

/** The grid over points: square in cells, about four points a cell. */
export function gridOf(x: Float32Array, y: Float32Array): PointGrid {
  const side = Math.max(1, Math.min(512, Math.ceil(Math.sqrt(x.length / perCell))));
  const { left, right, bottom, top } = extentOf(x, y);
  const [cellWidth, cellHeight] = [(right - left) / side || 1, (top - bottom) / side || 1];
  const cell = new Uint32Array(x.length);
  const start = new Uint32Array(side * side + 1);
  for (let i = 0; i < x.length; i++) {
    const column = Math.min(side - 1, Math.floor((x[i]! - left) / cellWidth));
    const row = Math.min(side - 1, Math.floor((y[i]! - bottom) / cellHeight));
    cell[i] = row * side + column;
    start[cell[i]! + 1]!++;
  }
  for (let c = 0; c < side * side; c++) start[c + 1]! += start[c]!;
  const next = start.slice(0, -1);
  const order = new Uint32Array(x.length);
  for (let i = 0; i < x.length; i++) order[next[cell[i]!]!++] = i;
  return { x, y, side, left, bottom, cellWidth, cellHeight, start, order };
}

/** The point nearest to (x, y), at most `most` pixels away, where kx and ky are pixels per unit; −1 where there is none. Ties go to the first. */
export function nearest(
  grid: PointGrid,
  x: number,
  y: number,
  [kx, ky]: readonly [number, number],
  most: number,
  accept: (i: number) => boolean = () => true,
): number {
  const { side, left, bottom, cellWidth, cellHeight, start, order } = grid;
  const [width, height] = [cellWidth * kx, cellHeight * ky];
  const column = Math.max(0, Math.min(side - 1, Math.floor((x - left) / cellWidth)));
  const row = Math.max(0, Math.min(side - 1, Math.floor((y - bottom) / cellHeight)));
  let [best, distance] = [-1, most * most];
  const look = (c: number, r: number): void => {
    const cell = r * side + c;
    for (let at = start[cell]!; at < start[cell + 1]!; at++) {
      const i = order[at]!;
      const d = ((grid.x[i]! - x) * kx) ** 2 + ((grid.y[i]! - y) * ky) ** 2;
      if ((d < distance || (d === distance && (best < 0 || i < best))) && accept(i))
        [best, distance] = [i, d];
    }
  };
  // From cell to cell outwards, until a whole ring lies further away than the best so far.
  const rings = Math.min(side, Math.ceil(most / Math.min(width, height)) + 1);
  for (let ring = 0; ring <= rings; ring++) {
    if (((ring - 1) * Math.min(width, height)) ** 2 > distance && ring > 1) break;
    for (let r = Math.max(0, row - ring); r <= Math.min(side - 1, row + ring); r++) {
      const edge = Math.abs(r - row) === ring;
      const step = edge || ring === 0 ? 1 : 2 * ring;
      for (let c = column - ring; c <= column + ring; c += step) if (c >= 0 && c < side) look(c, r);
    }
  }
  return best;
}

/** The point nearest to (x, y) among those that lie in a direction of the screen, at least `least` pixels further and less than 45° aside; −1 where there is none. */
export function neighbour(
  { x: xs, y: ys }: Pick<PointGrid, "x" | "y">,
  x: number,
  y: number,
  [kx, ky]: readonly [number, number],
  [right, up]: readonly [number, number],
  least: number,
  accept: (i: number) => boolean = () => true,
): number {
  let [best, distance] = [-1, Infinity];
  for (let i = 0; i < xs.length; i++) {
    const dx = (xs[i]! - x) * kx;
    const dy = (ys[i]! - y) * ky;
    const along = dx * right + dy * up;
    const aside = Math.abs(dx * up - dy * right);
    if (along < least || aside >= along) continue;
    const d = along * along + 4 * aside * aside;
    if (d < distance && accept(i)) [best, distance] = [i, d];
  }
  return best;
}
