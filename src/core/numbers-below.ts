/** The numbers 0…n−1. */
export function numbersBelow(n: number): Uint32Array<ArrayBuffer> {
  const numbers = new Uint32Array(n);
  for (let i = 0; i < n; i++) numbers[i] = i;
  return numbers;
}
