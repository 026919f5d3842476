import type { ImportResult } from "./import.ts";
import type { Measured, Runner, SpeedCaseInfo, SpeedSize } from "../specs/speed.ts";
import type { DeviceInfo } from "../specs/training.ts";
import type { CellError } from "./output.ts";

/** Why a run of all cells ended early: the error of the cell, and which one it was, counted from 1. */
export type CellFailure = CellError & { readonly cell: string; readonly cellNumber: number };

/** What `window.cohortbook` offers to the command line and to browser tests. Files come in through `input[data-automation]`. */
export interface Automation {
  /** Resolves when the page can take a notebook. */
  readonly ready: Promise<void>;
  /** Opens a notebook from the text of a file; its name tells the format. */
  open(text: string, fileName: string): Promise<void>;
  importFile(file: File, name: string): Promise<ImportResult>;
  /** Forces models to train on a tier. */
  device(force: DeviceInfo["tier"]): Promise<DeviceInfo>;
  /** What can be measured. */
  speedCases(): Promise<readonly SpeedCaseInfo[]>;
  /** Measures one case in the kernel of the open notebook. */
  measureSpeed(caseId: string, runner: Runner, size: SpeedSize): Promise<Measured>;
  /** Runs the cells in order up to the first that fails; null where all went well. */
  runAll(): Promise<CellFailure | null>;
  /** The open notebook with its outputs as the text of an .ipynb file. */
  toIpynb(): Promise<string>;
}
