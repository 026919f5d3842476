/** Places as near to `wanted` as can be, at least `gap` apart, in the same order, within [low, high]. Least squares, by pooling neighbours that violate. */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const room = Math.max(low, high - gap * (wanted.length - 1));
  const blocks: { sum: number; count: number }[] = [];
  for (const [rank, i] of order.entries()) {
    let block = { sum: wanted[i]! - rank * gap, count: 1 };
    for (
      let last = blocks.at(-1);
      last && last.sum / last.count > block.sum / block.count;
      last = blocks.at(-1)
    ) {
      block = { sum: block.sum + last.sum, count: block.count + last.count };
      blocks.pop();
    }
    blocks.push(block);
  }
  const places = new Array<number>(wanted.length);
  let rank = 0;
  for (const { sum, count } of blocks) {
    const start = Math.min(Math.max(sum / count, low), room);
    for (let k = 0; k < count; k++, rank++) places[order[rank]!] = start + rank * gap;
  }
  return places;
}
