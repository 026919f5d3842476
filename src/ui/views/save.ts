import type { Scene } from "../../views/scene.ts";
import { svgText } from "../../views/svg.ts";
import type { ThemeName } from "../../views/theme.ts";
import { pngOf } from "./canvas.ts";

/** Saves a scene as a file that the browser downloads, in the theme the page shows. */
export async function savePicture(scene: Scene, kind: "svg" | "png"): Promise<void> {
  const theme = shownTheme();
  const picture =
    kind === "svg" ? new Blob([svgText(scene, theme)], { type: "image/svg+xml" }) : await pngOf(scene, theme);
  const url = URL.createObjectURL(picture);
  const link = document.createElement("a");
  link.href = url;
  link.download = `${fileName(scene.title)}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function shownTheme(): ThemeName {
  return getComputedStyle(document.documentElement).colorScheme === "dark" ? "dark" : "light";
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
