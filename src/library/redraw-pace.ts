/** The least milliseconds from one picture to the next. */
const shortest = 100;
/** How many times as long as it took to make a picture nothing is drawn. */
const restPerWork = 20;

/** Says when a picture is to be drawn anew: at most ten times a second, not before the page has drawn the last one, and so that making pictures takes a twentieth of the time at most. */
export class RedrawPace {
  #next = -Infinity;
  #underWay = false;

  /** Whether a new picture may be made now. */
  get due(): boolean {
    return !this.#underWay && performance.now() >= this.#next;
  }

  /** Makes a picture and shows it; what `show` gives is awaited apart, and is done once the page has drawn it. */
  async draw<Picture>(make: () => Promise<Picture>, show: (picture: Picture) => unknown): Promise<void> {
    const began = performance.now();
    const drawn = Promise.resolve(show(await make()));
    const now = performance.now();
    this.#next = Math.max(began + shortest, now + restPerWork * (now - began));
    this.#underWay = true;
    void drawn.finally(() => (this.#underWay = false));
  }
}
