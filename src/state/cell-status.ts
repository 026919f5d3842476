/** How a code cell stands: what its gutter shows. */
export type CellStatus =
  | { readonly state: "idle" }
  | { readonly state: "queued"; readonly place: number }
  | { readonly state: "running"; readonly since: number }
  | { readonly state: "stale"; readonly why: "edited" | "upstream"; readonly seconds: number }
  | { readonly state: "done"; readonly seconds: number; readonly device: string | null }
  /** It has an output of an earlier kernel, whose variables are gone. */
  | { readonly state: "kept"; readonly seconds: number; readonly device: string | null }
  | { readonly state: "failed" | "stopped"; readonly seconds: number };
