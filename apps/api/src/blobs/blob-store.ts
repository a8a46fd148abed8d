/** Content by its SHA-256, in lower-case hexadecimal. Putting the same content twice keeps one copy. */
export interface BlobStore {
  put(bytes: Uint8Array): Promise<string>;
  /** undefined: it is not there. */
  get(sha256: string): Promise<Uint8Array | undefined>;
  /** Removes what lies outside the database; the rows are deleted by whoever calls, in a transaction around this. */
  remove(sha256: readonly string[]): Promise<void>;
}
