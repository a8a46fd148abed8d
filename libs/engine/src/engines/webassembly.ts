/** What the engine uses of WebAssembly; its types come with the DOM's, which do not go together with Node's. */
export interface WebAssemblyApi {
  readonly Memory: new (limits: { readonly initial: number; readonly maximum: number }) => LinearMemory;
  instantiate(
    bytes: ArrayBufferView | ArrayBuffer,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ): Promise<{ readonly instance: { readonly exports: unknown } }>;
}

export interface LinearMemory {
  readonly buffer: ArrayBuffer;
}

/** Undefined where the browser or its owner has switched it off. */
export const webAssembly = (globalThis as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly;
