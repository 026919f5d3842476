import { kernelUrl, sandboxDocument } from "virtual:kernel";
import type { KernelBoot } from "../protocol/kernel.ts";

let source: Promise<string> | null = null;

/** The frame that user code is locked into, with one kernel in it: an opaque origin without network, storage or page. */
export class Sandbox {
  readonly #frame: HTMLIFrameElement;
  readonly #ready: Promise<void>;
  readonly #listening = new AbortController();

  /** `onfail` is told when the kernel does not start. */
  constructor(onfail: (message: string) => void) {
    this.#frame = document.createElement("iframe");
    this.#frame.setAttribute("sandbox", "allow-scripts");
    this.#frame.hidden = true;
    this.#frame.title = "kernel";
    this.#frame.srcdoc = sandboxDocument;
    const { signal } = this.#listening;
    this.#ready = new Promise((resolve) => {
      const hear = ({ source, data }: MessageEvent<{ ready?: true; failed?: string }>): void => {
        if (source !== this.#frame.contentWindow) return;
        if (data.ready) resolve();
        else if (data.failed !== undefined) onfail(data.failed);
      };
      addEventListener("message", hear, { signal });
    });
    document.body.append(this.#frame);
  }

  /** Starts the kernel on these ports. */
  async start(page: MessagePort, data: MessagePort): Promise<void> {
    source ??= readKernel();
    const text = await source.catch((error: unknown) => {
      source = null;
      throw error;
    });
    await this.#ready;
    const boot: KernelBoot = { source: text, page, data };
    // The frame's origin is opaque, so there is none to name.
    this.#frame.contentWindow?.postMessage(boot, "*", [page, data]);
  }

  /** Ends the kernel at once, whatever it does: its worker goes with the frame. */
  remove(): void {
    this.#listening.abort();
    this.#frame.remove();
  }
}

async function readKernel(): Promise<string> {
  const response = await fetch(kernelUrl);
  if (!response.ok) throw new Error(`the kernel could not be read: ${response.status} ${kernelUrl}`);
  return response.text();
}
