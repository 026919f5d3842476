import * as Comlink from "comlink";
import type { DataEngine } from "../protocol/data.ts";

/** How often a worker is pinged, in ms, and how many pings in a row it may leave without an answer. A long statement takes its time. */
const pingEvery = 2000;
const mostUnanswered = 15;

/** Said of everything that was asked of a worker that died. */
const died = "the database stopped answering and was started anew: what only this tab's memory held is gone";

/** The data worker: started on first need, and again after it died. */
export class DataWorker {
  #running: Promise<Running> | null = null;

  /** `start` makes the worker, `greet` is awaited before anybody may ask it, and `ondeath` is called when one that ran falls silent for good. */
  constructor(
    private readonly start: () => Worker,
    private readonly greet: (engine: Comlink.Remote<DataEngine>) => Promise<void>,
    private readonly ondeath: () => void,
  ) {}

  /** Whether a worker runs or is about to. */
  get started(): boolean {
    return this.#running !== null;
  }

  /** Asks the worker, which is started where none runs; rejects where it does not start, or dies before it has answered. */
  async ask<Answer>(question: (engine: Comlink.Remote<DataEngine>) => Promise<Answer>): Promise<Answer> {
    const running = (this.#running ??= this.#start());
    const { engine, waiting } = await running.catch((error: unknown) => {
      if (this.#running === running) this.#running = null;
      throw error;
    });
    return new Promise((resolve, reject) => {
      waiting.add(reject);
      question(engine)
        .then(resolve, reject)
        .finally(() => waiting.delete(reject));
    });
  }

  async #start(): Promise<Running> {
    const worker = this.start();
    const broken = new Promise<never>((_, reject) => {
      worker.onerror = (event) => reject(new Error(event.message || "the data worker did not load"));
    });
    const engine = Comlink.wrap<DataEngine>(worker);
    try {
      await Promise.race([this.greet(engine), broken]);
    } catch (error) {
      worker.terminate();
      throw error;
    }
    const waiting: Running["waiting"] = new Set();
    void silence(engine).then(() => {
      worker.terminate();
      this.#running = null;
      for (const reject of waiting) reject(new Error(died));
      this.ondeath();
    });
    return { engine, waiting };
  }
}

interface Running {
  readonly engine: Comlink.Remote<DataEngine>;
  /** The ends of those who wait for an answer. */
  readonly waiting: Set<(error: Error) => void>;
}

/** Resolves once the worker has left too many pings without an answer. An exhausted heap falls silent without an error. */
function silence(engine: Comlink.Remote<DataEngine>): Promise<void> {
  return new Promise((resolve) => {
    let unanswered = 0;
    const timer = setInterval(() => {
      if (unanswered > mostUnanswered) {
        clearInterval(timer);
        resolve();
      } else if (unanswered++ === 0) {
        void engine.ping().then(() => (unanswered = 0));
      }
    }, pingEvery);
  });
}
