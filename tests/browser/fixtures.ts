import { test as base } from "@playwright/test";
import { builtApp } from "../../scripts/build-app.mjs";
import { serve } from "../../scripts/server.mjs";
import { Book } from "./book.ts";
import { startRecorder, type Recorder } from "./recorder.ts";

export { expect } from "@playwright/test";

/** The built app as it is served: under a path of its own. */
export interface Site {
  readonly url: string;
}

/** Starts a server of the built app under a sub-path; a test that takes it down starts one of its own. */
export function serveApp(port?: number): ReturnType<typeof serve> {
  return serve({ folder: builtApp, base: "/book/", ...(port === undefined ? {} : { port }) });
}

/** `book` is the page of the built app, ready to take a notebook; a test fails where the page throws or breaks its own policy. */
export const test = base.extend<{ book: Book; recorder: Recorder; troubles: string[] }, { site: Site }>({
  site: [
    async ({}, use) => {
      const server = await serveApp();
      await use(server);
      await server.close();
    },
    { scope: "worker" },
  ],
  recorder: async ({}, use) => {
    const recorder = await startRecorder();
    await use(recorder);
    await recorder.close();
  },
  troubles: async ({ page }, use) => {
    const troubles: string[] = [];
    page.on("pageerror", (error) => troubles.push(error.message));
    await use(troubles);
    base.expect(troubles, "errors that the page threw").toEqual([]);
  },
  book: async ({ page, site, locale, troubles: _ }, use) => {
    const book = new Book(page, locale?.startsWith("zh") ? "zh-CN" : "en");
    await book.visit(site.url);
    await use(book);
  },
});
