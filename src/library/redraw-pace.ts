/** The least milliseconds from one picture to the next. */
const shortest = 100;
/** How many times as long as it takes to make a picture nothing is drawn. */
const restPerWork = 24;
/** How many of the last pictures say what one takes: the fastest of them does, for the machine may have stopped the others in their middle. */
const remembered = 4;
/** The most milliseconds of rest that the page is given once it has drawn one: the time until it had may have passed in a hidden tab. */
const longestRest = 1000;

/** Says when a picture is to be drawn anew: at most ten times a second, so that making pictures takes 4 % of the time, and so that the page, once it has drawn one, has as long again to do other things, a second at most. */
export class RedrawPace {
  readonly #work: number[] = [];
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
    this.#work.push(now - began);
    const usual = Math.min(...this.#work.slice(-remembered));
    this.#next = Math.max(began + shortest, now + restPerWork * usual);
    this.#underWay = true;
    void drawn.finally(() => {
      this.#underWay = false;
      const seen = performance.now();
      this.#next = Math.max(this.#next, seen + Math.min(seen - now, longestRest));
    });
  }
}
