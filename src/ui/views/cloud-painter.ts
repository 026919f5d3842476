import { cloudColours, type PlacedCloud } from "../../views/cloud.ts";
import { paintRaster, type Raster } from "../../views/cloud-raster.ts";
import { themes, type ThemeName } from "../../views/theme.ts";
import { project, unproject } from "../../views/viewport.ts";
import { drawInPieces } from "./draw-in-pieces.ts";

/** What is to be seen: a cloud in the colours of a theme. */
interface Wanted {
  readonly placed: PlacedCloud;
  readonly theme: ThemeName;
}

/** Draws clouds on a canvas bit by bit, so that the page never waits; until a new one is done, the last one is moved to where it belongs. */
export class CloudPainter {
  readonly #context: CanvasRenderingContext2D;
  #wanted: Wanted | null = null;
  #drawing: Wanted | null = null;
  #done: Wanted | null = null;
  #picture = new OffscreenCanvas(1, 1);

  constructor(private readonly canvas: HTMLCanvasElement) {
    const context = canvas.getContext("2d");
    if (!context) throw new Error("map: expected a canvas, got none");
    this.#context = context;
  }

  /** Shows a cloud: at once where an earlier picture can stand in for it, exactly a moment later. */
  paint(placed: PlacedCloud, theme: ThemeName): void {
    this.#wanted = { placed, theme };
    this.#show();
    if (!this.#drawing) this.#draw();
  }

  /** Ends what is being drawn. */
  stop(): void {
    this.#wanted = null;
    this.#drawing = null;
  }

  #draw(): void {
    const wanted = this.#wanted;
    if (!wanted) return;
    this.#drawing = wanted;
    void drawInPieces(wanted.placed, pixelRatio()).then((raster) => {
      if (this.#drawing !== wanted) return;
      this.#keep(wanted, raster);
      this.#drawing = null;
      this.#show();
      if (this.#wanted !== wanted) this.#draw();
    });
  }

  #keep(wanted: Wanted, raster: Raster): void {
    const { width, height } = raster;
    const image = new ImageData(width, height);
    paintRaster(
      raster,
      cloudColours(wanted.placed.cloud, themes[wanted.theme]),
      new Uint32Array(image.data.buffer),
    );
    if (this.#picture.width !== width || this.#picture.height !== height)
      this.#picture = new OffscreenCanvas(width, height);
    this.#picture.getContext("2d")?.putImageData(image, 0, 0);
    this.#done = wanted;
  }

  /** The last picture, where the viewport that is wanted has its points. */
  #show(): void {
    if (!this.#wanted) return;
    const { box, view } = this.#wanted.placed;
    const ratio = pixelRatio();
    const width = Math.round((box.right - box.left) * ratio);
    const height = Math.round((box.bottom - box.top) * ratio);
    if (this.canvas.width !== width || this.canvas.height !== height)
      Object.assign(this.canvas, { width, height });
    this.#context.clearRect(0, 0, width, height);
    if (!this.#done) return;
    const old = this.#done.placed;
    const corner = unproject(old.view, old.box, old.box.left, old.box.top);
    const { x, y } = project(view, box, corner.x, corner.y);
    this.#context.drawImage(
      this.#picture,
      (x - box.left) * ratio,
      (y - box.top) * ratio,
      (this.#picture.width * view.kx) / old.view.kx,
      (this.#picture.height * view.ky) / old.view.ky,
    );
  }
}

function pixelRatio(): number {
  return Math.min(2, Math.max(1, devicePixelRatio));
}
