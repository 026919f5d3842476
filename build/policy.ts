import type { Plugin } from "vite";
import { pagePolicy } from "./sandbox.ts";

/** Puts the page's Content-Security-Policy into a `<meta>`, so that any static host serves it. */
export function policy(): Plugin {
  return {
    name: "cohortbook:policy",
    transformIndexHtml: {
      order: "post",
      handler: () => [
        {
          tag: "meta",
          attrs: { "http-equiv": "Content-Security-Policy", content: pagePolicy },
          injectTo: "head-prepend",
        },
      ],
    },
  };
}
