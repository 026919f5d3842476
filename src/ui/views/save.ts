import { cloudScale } from "../../views/cloud-element.ts";
import type { Scene } from "../../views/scene.ts";
import { svgText } from "../../views/svg.ts";
import type { ThemeName } from "../../views/theme.ts";
import { pngOf } from "./canvas.ts";
import { drawInPieces } from "./draw-in-pieces.ts";

/** Pixels of a PNG to one of the scene. */
const pngScale = 2;

/** Saves a scene as a file that the browser downloads. */
export async function savePicture(scene: Scene, kind: "svg" | "png", theme: ThemeName): Promise<void> {
  const drawn = await withClouds(scene, kind === "svg" ? cloudScale : pngScale);
  const picture =
    kind === "svg"
      ? new Blob([svgText(drawn, theme)], { type: "image/svg+xml" })
      : await pngOf(drawn, theme, pngScale);
  const url = URL.createObjectURL(picture);
  const link = document.createElement("a");
  link.href = url;
  link.download = `${fileName(scene.title)}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The scene with its clouds drawn beforehand, bit by bit. */
async function withClouds(scene: Scene, scale: number): Promise<Scene> {
  const shapes = scene.shapes.map(async (shape) =>
    shape.shape === "cloud"
      ? { ...shape, placed: { ...shape.placed, drawn: await drawInPieces(shape.placed, scale) } }
      : shape,
  );
  const drawn = { ...scene, shapes: await Promise.all(shapes) };
  // What comes next, packing the picture, is a task of its own.
  await new Promise((resolve) => setTimeout(resolve));
  return drawn;
}

/** A title as a file name: letters and digits of any script, dashes between. */
function fileName(title: string): string {
  return (
    title
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 80) || "view"
  );
}
