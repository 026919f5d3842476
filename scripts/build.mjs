// npm run build: builds the app into dist, whatever stands there.
import { buildApp } from "./build-app.mjs";

await buildApp();
