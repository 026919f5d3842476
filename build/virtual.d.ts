/** Addresses of the kernel's text and the files it asks the page for; made by build/kernel.ts. */
declare module "virtual:kernel" {
  /** URL of the kernel as one self-contained ES module text. */
  export const kernelUrl: string;
  /** The whole `srcdoc` of the sandbox frame, its Content-Security-Policy included. */
  export const sandboxDocument: string;
}

/** Type declarations of the library for the editor; made by build/library-types.ts. */
declare module "virtual:library-types" {
  /** URL of a JSON object: file path → text of a `.d.ts`. */
  export const libraryTypesUrl: string;
}

/** The SIMD kernels as WebAssembly; made by build/simd.ts. */
declare module "virtual:simd" {
  /** Base64 of the binary that uses relaxed SIMD. */
  export const relaxed: string;
  /** Base64 of the binary that does without. */
  export const basic: string;
}

declare module "*?raw" {
  const text: string;
  export default text;
}

declare module "*?url" {
  const url: string;
  export default url;
}
