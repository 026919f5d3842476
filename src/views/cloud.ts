import type { Raster } from "./cloud-raster.ts";
import type { Box } from "./scene.ts";
import type { Role, Shape } from "./shape.ts";
import type { Theme } from "./theme.ts";
import { project, type Viewport } from "./viewport.ts";

/** Points of a plane in groups: one group has one colour. */
export interface Cloud {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** The group of each point. */
  readonly group: Uint8Array;
  /** The colour of each group. */
  readonly roles: readonly Role[];
}

/** How a cloud lies in a box. */
export interface PlacedCloud {
  readonly cloud: Cloud;
  readonly box: Box;
  readonly view: Viewport;
  readonly dot: Dot;
  /** The one group that keeps its colour, or null where all do. */
  readonly isolated: number | null;
  /** The cloud as it was drawn beforehand, where drawing it at once would take too long. */
  readonly drawn?: Raster;
}

/** How one point is drawn: radius in pixels, opacity in [0, 1]. */
export interface Dot {
  readonly radius: number;
  readonly opacity: number;
}

const dimmedRole: Role = "line";

/** The colours of a cloud's groups, and after them that of points another group stands out from. */
export function cloudRoles({ roles }: Cloud): readonly Role[] {
  return [...roles, dimmedRole];
}

/** The colours of a cloud's groups and then that of dimmed points, as 0xbbggrr: what a canvas holds. The theme's colours must be written out. */
export function cloudColours(cloud: Cloud, theme: Theme): number[] {
  return cloudRoles(cloud).map((role) => {
    const rgb = parseInt(theme.colour[role].slice(1), 16);
    return ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16);
  });
}

/** How n points are drawn, enlarged `zoom` times: smaller and fainter the more there are. */
export function dotFor(n: number, zoom: number): Dot {
  const many = Math.log(Math.max(1, n));
  const closer = Math.max(1, zoom);
  return {
    radius: Math.min(4.5, Math.max(1.1, 17 * Math.exp(-0.23 * many)) * closer ** 0.3),
    opacity: Math.min(0.85, Math.max(0.45, 1.2 - 0.06 * many) + 0.08 * Math.log2(closer)),
  };
}

/** Which points lie in the box; null where they are more than `most`. */
export function pointsWithin({ cloud, box, view }: PlacedCloud, most: number): readonly number[] | null {
  const within: number[] = [];
  for (let i = 0; i < cloud.x.length; i++) {
    const { x, y } = project(view, box, cloud.x[i]!, cloud.y[i]!);
    if (!(x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)) continue;
    if (within.length === most) return null;
    within.push(i);
  }
  return within;
}

/** Points as one path of dots for each group: points that fall on one place are drawn once. */
export function cloudPaths(placed: PlacedCloud, indices: readonly number[]): Shape[] {
  const { cloud, box, view, dot, isolated } = placed;
  const dots = [dimmedRole, ...cloud.roles].map((role) => ({ role, at: new Set<string>() }));
  for (const i of indices) {
    const group = cloud.group[i]!;
    const { x, y } = project(view, box, cloud.x[i]!, cloud.y[i]!);
    const set = dots[isolated === null || isolated === group ? group + 1 : 0];
    set?.at.add(`M${x.toFixed(1)} ${y.toFixed(1)}h0`);
  }
  return dots
    .filter(({ at }) => at.size > 0)
    .map(({ role, at }) => ({
      shape: "path",
      d: [...at].join(""),
      stroke: role,
      strokeWidth: Math.round(20 * dot.radius) / 10,
      opacity: Math.round(100 * dot.opacity) / 100,
    }));
}
