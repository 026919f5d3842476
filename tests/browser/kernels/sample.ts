/** Cases that a software adapter can run in seconds: all where the tests are full, else every sixth. */
export function sampleOf<Case>(cases: readonly Case[], full: boolean): readonly Case[] {
  return full ? cases : cases.filter((_, i) => i % 6 === 4);
}
