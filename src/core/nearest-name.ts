import { editDistance } from "./edit-distance.ts";

/** The one of `names` that is nearest to `wanted`, whatever the case and underscores; null where none is near. `readings` are all ways to write a name. */
export function nearestName(
  wanted: string,
  names: readonly string[],
  readings: (name: string) => readonly string[] = (name) => [name],
): string | null {
  const letters = lettersOf(wanted);
  // More changed letters than these make another word of it.
  let least = Math.min(letters.length, Math.max(1, Math.floor(letters.length / 3)) + 1);
  let nearest: string | null = null;
  for (const name of names) {
    const distance = Math.min(...readings(name).map((each) => editDistance(letters, lettersOf(each))));
    if (distance >= least) continue;
    least = distance;
    nearest = name;
  }
  return nearest;
}

/** ` (did you mean "KMeans"?)`, where one of `names` is near to `wanted`; else nothing. */
export function didYouMean(wanted: string, names: readonly string[]): string {
  const nearest = nearestName(wanted, names);
  return nearest === null ? "" : ` (did you mean "${nearest}"?)`;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll("_", "");
}
