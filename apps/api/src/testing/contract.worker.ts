// Makes the calls of the contract suite from a thread of its own, as a page's worker does.
import { parentPort, workerData } from 'node:worker_threads';
import { httpClient } from './http-client.ts';

const { url, token } = workerData as { readonly url: string; readonly token: string };
const client = httpClient(url, token);

parentPort?.on('message', ({ key, procedure, input }: { key: number; procedure: string; input: unknown }) => {
  client.call(procedure, input).then(
    (result) => parentPort?.postMessage({ key, result }),
    (error: unknown) => parentPort?.postMessage({ key, refused: (error as Error).message }),
  );
});
