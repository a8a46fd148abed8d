import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

/** `<engram-scene>` as one script, `public/element/engram-scene.js`; scenes are chunks beside it, fetched when used. */
export async function buildElement(publicFolder: string, { worker }: BrowserBundles): Promise<void> {
  const styles = readFileSync(fileURLToPath(import.meta.resolve('@engram/scene-kit/styles.css')), 'utf8');
  await build({
    root: project,
    configFile: false,
    base: './',
    publicDir: false,
    logLevel: 'error',
    define: { trainingWorker: JSON.stringify(`..${worker}`), sceneStyles: JSON.stringify(styles) },
    build: {
      outDir: join(publicFolder, 'element'),
      emptyOutDir: true,
      target: 'es2024',
      modulePreload: false,
      rolldownOptions: {
        input: join(project, 'src/element/engram-scene.tsx'),
        output: { entryFileNames: 'engram-scene.js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}
