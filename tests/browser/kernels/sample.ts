/** Cases that a software adapter can run in seconds: all where the tests are full, else every so many, a number that shares no divisor with the turns kinds take. */
export function sampleOf<Case>(cases: readonly Case[], full: boolean, first = 4, every = 5): readonly Case[] {
  return full ? cases : cases.filter((_, i) => i % every === first);
}
