/** The k of what was offered that have the least losses, the least first; of equal ones the lowest id. */
export class NearestList {
  readonly ids: Int32Array;
  readonly losses: Float64Array;

  constructor(k: number) {
    this.ids = new Int32Array(k).fill(-1);
    this.losses = new Float64Array(k).fill(Infinity);
  }

  /** The greatest loss in the list; Infinity while it is not full. */
  get greatest(): number {
    return this.losses[this.losses.length - 1]!;
  }

  /** Takes something in, if it is near enough. */
  offer(loss: number, id: number): void {
    const { ids, losses } = this;
    let at = ids.length - 1;
    if (!comesBefore(loss, id, losses[at]!, ids[at]!)) return;
    for (; at > 0 && comesBefore(loss, id, losses[at - 1]!, ids[at - 1]!); at--) {
      losses[at] = losses[at - 1]!;
      ids[at] = ids[at - 1]!;
    }
    losses[at] = loss;
    ids[at] = id;
  }
}

function comesBefore(loss: number, id: number, other: number, otherId: number): boolean {
  return loss < other || (loss === other && id < otherId);
}
