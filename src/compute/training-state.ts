/** All that the steps to come of a network depend on, the same on every tier. Flat, as the network lays out its parameters. */
export interface TrainingState {
  readonly parameters: Float32Array;
  /** Adam's running means of the gradient and of its square; for momentum the velocity, and zeros. */
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Steps taken. */
  readonly steps: number;
  /** The parameters remembered as the best, or null where none were. */
  readonly best: Float32Array | null;
}
