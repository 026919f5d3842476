/** `name`, or the first of `name_2`, `name_3` … that is none of `names`, whatever the case. */
export function freeName(name: string, names: Iterable<string>): string {
  const taken = new Set(Array.from(names, (each) => each.toLowerCase()));
  if (!taken.has(name.toLowerCase())) return name;
  let n = 2;
  while (taken.has(`${name}_${n}`.toLowerCase())) n++;
  return `${name}_${n}`;
}
