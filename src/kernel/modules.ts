/** What a cell may import, by name; each is loaded when a cell first asks for it. */
export const modules = {
  cohortbook: () => import("../library/index.ts"),
  "@tensorflow/tfjs": async () => (await import("../compute/tf-namespace.ts")).loadTf(),
  d3: () => import("./d3.ts"),
} satisfies Record<string, () => Promise<object>>;

/** The module of that name; an unknown name is an Error that lists the known ones. */
export async function importModule(name: string): Promise<object> {
  if (!Object.hasOwn(modules, name))
    throw new Error(`cannot import "${name}": a cell can import ${Object.keys(modules).join(", ")}`);
  return modules[name as keyof typeof modules]();
}
