/** A door that work passes through: open by default; while it is closed, `opened()` waits. */
export interface Gate {
  open(): void;
  close(): void;
  opened(): Promise<void>;
}

export function createGate(): Gate {
  let closed: PromiseWithResolvers<undefined> | undefined;
  return {
    open: () => {
      closed?.resolve(undefined);
      closed = undefined;
    },
    close: () => {
      closed ??= Promise.withResolvers();
    },
    opened: async () => {
      while (closed !== undefined) await closed.promise;
    },
  };
}
