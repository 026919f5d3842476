import { cloudPaths, cloudRoles, pointsWithin, type PlacedCloud } from "./cloud.ts";
import { rasterOf } from "./cloud-raster.ts";
import type { SvgElement } from "./element.ts";
import { indexedPng, type PaletteColour } from "./png.ts";
import type { Theme } from "./theme.ts";

/** More points than this are one picture inside the SVG, so that the file stays small. */
const mostShapes = 5000;

/** Pixels of that picture to one of the SVG. */
export const cloudScale = 1.5;

/** A cloud as an element of SVG: up to 5,000 points as paths, more as a PNG inside the file. */
export function cloudElement(placed: PlacedCloud, theme: Theme): SvgElement {
  const within = pointsWithin(placed, mostShapes);
  if (within)
    return { tag: "g", attributes: { "data-part": "points" }, children: cloudPaths(placed, within) };
  const { left, top, right, bottom } = placed.box;
  return {
    tag: "image",
    attributes: {
      "data-part": "points",
      x: left,
      y: top,
      width: right - left,
      height: bottom - top,
      preserveAspectRatio: "none",
      href: `data:image/png;base64,${base64(cloudPng(placed, theme))}`,
    },
  };
}

/** Each group in as many grades of cover as a palette of 256 has room for, at most twelve. */
function cloudPng(placed: PlacedCloud, theme: Theme): Uint8Array {
  const { width, height, group, cover } = placed.drawn ?? rasterOf(placed, cloudScale);
  const roles = cloudRoles(placed.cloud);
  const grades = Math.min(12, Math.floor(255 / roles.length));
  const palette: PaletteColour[] = [{ rgb: 0, alpha: 0 }];
  for (const role of roles)
    for (let grade = 1; grade <= grades; grade++)
      palette.push({
        rgb: parseInt(theme.colour[role].slice(1), 16),
        alpha: Math.round((255 * grade) / grades),
      });
  const gradeOf = Uint8Array.from({ length: 256 }, (_, c) => Math.round((c * grades) / 255));
  const pixels = new Uint8Array(width * height);
  for (let p = 0; p < pixels.length; p++) {
    const grade = gradeOf[cover[p]!]!;
    if (grade > 0) pixels[p] = group[p]! * grades + grade;
  }
  return indexedPng(width, height, palette, pixels);
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
