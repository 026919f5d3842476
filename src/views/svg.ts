import type { Scene } from "./scene.ts";
import type { Shape } from "./shape.ts";
import { elementOf } from "./element.ts";
import { themes, type Theme, type ThemeName } from "./theme.ts";

/** Space around a picture that stands on its own, in pixels. */
const margin = 16;

/** A scene as the text of an SVG file of its own: colours written out, faces named, title and description inside. */
export function svgText(scene: Scene, theme: ThemeName): string {
  const width = scene.width + 2 * margin;
  const height = scene.height + 2 * margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}" viewBox="${-margin} ${-margin} ${width} ${height}" stroke-linejoin="round" stroke-linecap="round">`,
    `<title>${escape(scene.title)}</title>`,
    `<desc>${escape(scene.description)}</desc>`,
    `<rect x="${-margin}" y="${-margin}" width="${width}" height="${height}" fill="${themes[theme].colour.paper}"/>`,
    ...scene.shapes.map((shape) => markup(shape, themes[theme])),
    "</svg>",
    "",
  ].join("\n");
}

function markup(shape: Shape, theme: Theme): string {
  const { tag, attributes, text, children } = elementOf(shape, theme);
  const list = Object.entries(attributes).map(([name, value]) => ` ${name}="${escape(String(value))}"`);
  const open = `<${tag}${list.join("")}`;
  if (children) return [`${open}>`, ...children.map((child) => markup(child, theme)), `</${tag}>`].join("\n");
  return text === undefined ? `${open}/>` : `${open}>${escape(text)}</${tag}>`;
}

const entities: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Text as it may stand in XML: marked characters escaped, those XML does not allow replaced. */
function escape(text: string): string {
  return text
    .replace(/[&<>"]/g, (character) => entities[character]!)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
}
