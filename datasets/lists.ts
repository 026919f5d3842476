/** A list of whole numbers that grows; far smaller and faster than an array where it holds millions. */
export class IntList {
  #values = new Int32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Int32Array(this.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  /** What was pushed, shared with the list. */
  get values(): Int32Array {
    return this.#values.subarray(0, this.length);
  }
}

/** A list of doubles that grows. */
export class FloatList {
  #values = new Float64Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Float64Array(this.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  /** What was pushed, shared with the list. */
  get values(): Float64Array {
    return this.#values.subarray(0, this.length);
  }
}
