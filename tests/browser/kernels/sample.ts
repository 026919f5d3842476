/** Cases that a software adapter can run in seconds: all where the tests are full, else every fifth, so that each kind is met where kinds take turns. */
export function sampleOf<Case>(cases: readonly Case[], full: boolean, first = 4): readonly Case[] {
  return full ? cases : cases.filter((_, i) => i % 5 === first);
}
