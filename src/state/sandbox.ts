import { kernelUrl, sandboxDocument } from "virtual:kernel";
import type { KernelBoot } from "../protocol/kernel.ts";

let source: Promise<string> | null = null;

/** The frame that user code is locked into: an opaque origin without network, storage or page. */
export class Sandbox {
  readonly #frame: HTMLIFrameElement;
  readonly #ready: Promise<void>;

  /** `onfail` is told when the kernel does not start. */
  constructor(onfail: (message: string) => void) {
    this.#frame = document.createElement("iframe");
    this.#frame.setAttribute("sandbox", "allow-scripts");
    this.#frame.hidden = true;
    this.#frame.title = "kernel";
    this.#frame.srcdoc = sandboxDocument;
    this.#ready = new Promise((resolve) => {
      addEventListener("message", ({ source, data }: MessageEvent<{ ready?: true; failed?: string }>) => {
        if (source !== this.#frame.contentWindow) return;
        if (data.ready) resolve();
        else if (data.failed !== undefined) onfail(data.failed);
      });
    });
    document.body.append(this.#frame);
  }

  /** Ends the kernel that runs, if any, and starts a clean one on these ports. */
  async start(page: MessagePort, data: MessagePort): Promise<void> {
    source ??= readKernel();
    const text = await source.catch((error: unknown) => {
      source = null;
      throw error;
    });
    await this.#ready;
    this.#post({ source: text, page, data } satisfies KernelBoot, [page, data]);
  }

  /** Ends the kernel at once, whatever it does. */
  terminate(): void {
    this.#post("terminate", []);
  }

  #post(message: KernelBoot | "terminate", transfer: Transferable[]): void {
    // The frame's origin is opaque, so there is none to name.
    this.#frame.contentWindow?.postMessage(message, "*", transfer);
  }
}

async function readKernel(): Promise<string> {
  const response = await fetch(kernelUrl);
  if (!response.ok) throw new Error(`the kernel could not be read: ${response.status} ${kernelUrl}`);
  return response.text();
}
