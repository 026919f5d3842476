import type { Automation } from "../src/protocol/automation.ts";

declare global {
  interface Window {
    readonly cohortbook: Automation;
  }
}
