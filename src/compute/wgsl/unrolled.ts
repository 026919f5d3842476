/** Turns of a loop that are written one after another: what a loop itself costs is paid once for them. */
const turns = 4;

/** A loop over numbers from 0 below `count`, a number or an expression; `body` is the text of a turn, by the text of its number. The order is kept. */
export function unrolled(name: string, count: number | string, body: (i: string) => string): string {
  const piece = Array.from({ length: turns }, (_, turn) => body(`(${name} + ${turn}u)`)).join("\n");
  if (typeof count === "string")
    return `var ${name} = 0u;
  for (; ${name} + ${turns - 1}u < ${count}; ${name} += ${turns}u) {
${piece}
  }
  for (; ${name} < ${count}; ${name}++) {
${body(name)}
  }`;
  const whole = count - (count % turns);
  const rest = Array.from({ length: count % turns }, (_, turn) => body(`${whole + turn}u`));
  const loop = `for (var ${name} = 0u; ${name} < ${whole}u; ${name} += ${turns}u) {
${piece}
  }`;
  return [...(whole > 0 ? [loop] : []), ...rest].join("\n");
}
