import { cloudColours, type PlacedCloud } from "../../views/cloud.ts";
import { paintRaster, rasterOf } from "../../views/cloud-raster.ts";
import type { Scene } from "../../views/scene.ts";
import type { Paint, Shape } from "../../views/shape.ts";
import { themes, type Theme, type ThemeName } from "../../views/theme.ts";

const margin = 16;

/** A scene as a PNG at `scale` pixels to one, in the page's own faces. */
export async function pngOf(scene: Scene, name: ThemeName, scale: number): Promise<Blob> {
  const theme = themes[name];
  const width = scene.width + 2 * margin;
  const height = scene.height + 2 * margin;
  const canvas = new OffscreenCanvas(width * scale, height * scale);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("picture: expected a canvas, got none");
  context.scale(scale, scale);
  context.fillStyle = theme.colour.paper;
  context.fillRect(0, 0, width, height);
  context.translate(margin, margin);
  context.lineJoin = "round";
  context.lineCap = "round";
  for (const shape of scene.shapes) paint(context, shape, theme);
  return canvas.convertToBlob({ type: "image/png" });
}

function paint(context: OffscreenCanvasRenderingContext2D, shape: Shape, theme: Theme): void {
  switch (shape.shape) {
    case "group":
      for (const child of shape.shapes) paint(context, child, theme);
      return;
    case "cloud":
      return paintCloud(context, shape.placed, theme);
    case "text":
      context.font = `${shape.weight ?? 400} ${shape.size}px ${theme[shape.face ?? "words"]}`;
      context.textAlign = shape.anchor === "middle" ? "center" : (shape.anchor ?? "start");
      context.fillStyle = theme.colour[shape.fill];
      context.fillText(shape.text, shape.x, shape.y);
      return;
    case "path":
      return fillAndStroke(context, new Path2D(shape.d), shape, theme);
    case "line":
      return fillAndStroke(
        context,
        new Path2D(`M${shape.x1},${shape.y1}L${shape.x2},${shape.y2}`),
        shape,
        theme,
      );
    case "rect": {
      const path = new Path2D();
      path.rect(shape.x, shape.y, shape.width, shape.height);
      return fillAndStroke(context, path, shape, theme);
    }
    case "circle": {
      const path = new Path2D();
      path.arc(shape.cx, shape.cy, shape.r, 0, 2 * Math.PI);
      return fillAndStroke(context, path, shape, theme);
    }
    default:
      shape satisfies never;
  }
}

function paintCloud(context: OffscreenCanvasRenderingContext2D, placed: PlacedCloud, theme: Theme): void {
  const raster = placed.drawn ?? rasterOf(placed, context.getTransform().a);
  const { left, top, right, bottom } = placed.box;
  const picture = new OffscreenCanvas(raster.width, raster.height);
  const image = new ImageData(raster.width, raster.height);
  paintRaster(raster, cloudColours(placed.cloud, theme), new Uint32Array(image.data.buffer));
  picture.getContext("2d")?.putImageData(image, 0, 0);
  context.drawImage(picture, left, top, right - left, bottom - top);
}

function fillAndStroke(
  context: OffscreenCanvasRenderingContext2D,
  path: Path2D,
  style: Paint,
  theme: Theme,
): void {
  context.globalAlpha = style.opacity ?? 1;
  if (style.fill) {
    context.fillStyle = theme.colour[style.fill];
    context.fill(path);
  }
  if (style.stroke) {
    context.strokeStyle = theme.colour[style.stroke];
    context.lineWidth = style.strokeWidth ?? 1;
    context.setLineDash((style.dash ?? "").split(" ").filter(Boolean).map(Number));
    context.stroke(path);
  }
  context.globalAlpha = 1;
}
