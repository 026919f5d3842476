import type { Shape, TextShape } from "../../../src/views/shape.ts";

/** The shapes of one part of a scene. */
export function part(shapes: readonly Shape[], name: string): readonly Shape[] {
  const group = shapes.find((shape) => shape.shape === "group" && shape.part === name);
  if (group?.shape !== "group") throw new Error(`no part "${name}"`);
  return group.shapes;
}

/** All texts among shapes, groups included. */
export function texts(shapes: readonly Shape[]): TextShape[] {
  return shapes.flatMap((shape) =>
    shape.shape === "group" ? texts(shape.shapes) : shape.shape === "text" ? [shape] : [],
  );
}

/** The path data of the shapes that are paths. */
export function paths(shapes: readonly Shape[]): string[] {
  return shapes.flatMap((shape) => (shape.shape === "path" ? [shape.d] : []));
}

/** The numbers of path data. */
export function numbersOf(d: string): number[] {
  return (d.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
}
