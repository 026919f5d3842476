import { resolve } from "node:path";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { kernel } from "./build/kernel.ts";
import { libraryTypes } from "./build/library-types.ts";
import { policy } from "./build/policy.ts";

// DuckDB's glue names `eval` for a feature that is never used, and a policy would stop it.
const checks = { eval: false, pluginTimings: false };

export default defineConfig({
  // Relative, so that the build runs from any sub-path of any static host.
  base: "./",
  resolve: {
    alias: {
      // The package's own map leads browsers to a file that it does not ship.
      "@duckdb/duckdb-wasm/blocking": resolve(
        import.meta.dirname,
        "node_modules/@duckdb/duckdb-wasm/dist/duckdb-browser-blocking.mjs",
      ),
    },
  },
  plugins: [
    svelte(),
    kernel(),
    libraryTypes(),
    policy(),
    VitePWA({
      registerType: "prompt",
      injectRegister: false,
      manifest: {
        name: "Cohortbook",
        short_name: "Cohortbook",
        description: "A notebook for retention science that runs whole in a browser tab.",
        start_url: "./",
        scope: "./",
        display: "standalone",
        background_color: "#fbfaf8",
        theme_color: "#0b6e63",
        icons: [
          { src: "icons/icon.svg", sizes: "any", type: "image/svg+xml" },
          { src: "icons/icon-192.png", sizes: "192x192", type: "image/png" },
          { src: "icons/icon-512.png", sizes: "512x512", type: "image/png" },
          { src: "icons/icon-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
        ],
      },
      workbox: {
        // KaTeX ships each face three times over; browsers take the woff2.
        globPatterns: ["**/*.{js,css,html,svg,png,woff2,wasm,json,md}", "**/codicon*.ttf"],
        // DuckDB is one file of about 35 MB.
        maximumFileSizeToCacheInBytes: 64 * 2 ** 20,
        navigateFallback: "index.html",
      },
    }),
  ],
  worker: { format: "es", rolldownOptions: { checks } },
  build: {
    target: "es2023",
    chunkSizeWarningLimit: 8000,
    assetsInlineLimit: 0,
    rolldownOptions: { checks },
  },
});
