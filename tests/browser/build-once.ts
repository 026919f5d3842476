import { buildAppIfStale } from "../../scripts/build-app.mjs";

// A Playwright global setup is found by its default export.
export { buildAppIfStale as default };
