import { join } from 'node:path';
import { build } from 'vite';

const project = join(import.meta.dirname, '..');

/** Where a page finds its training worker, below the site's root. */
export interface BrowserBundles {
  readonly worker: string;
}

/**
 * What runs in a page beside Next's own code, made by vite into `public/run`: the training worker with its WebAssembly and
 * data. Names carry the hash of the content.
 */
export async function buildWorker(publicFolder: string): Promise<BrowserBundles> {
  const result = await build({
    root: project,
    configFile: false,
    base: './',
    publicDir: false,
    logLevel: 'error',
    build: {
      outDir: join(publicFolder, 'run'),
      emptyOutDir: true,
      target: 'es2024',
      modulePreload: false,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: join(project, 'src/worker/training.worker.ts'),
        output: { entryFileNames: 'training-[hash].js', assetFileNames: '[name]-[hash][extname]' },
      },
    },
  });
  if (!('output' in result)) throw new Error('vite built nothing');
  const entry = result.output.find((file) => file.type === 'chunk' && file.isEntry);
  if (entry === undefined) throw new Error('vite built no worker');
  return { worker: `/run/${entry.fileName}` };
}
