/** Serves `folder` on a free port of 127.0.0.1 (or the one asked for); gives its address and a way to end it. */
export function serveFolder(
  folder: string,
  port?: number,
): Promise<{ readonly address: string; readonly close: () => void }>;
