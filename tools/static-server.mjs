// A folder over HTTP on this machine alone: for `npm start` and for tests. Any other static server will do as well.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** Serves `folder` on a free port of 127.0.0.1 (or the one asked for); gives its address and a way to end it. */
export async function serveFolder(folder, port = 0) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    let file = normalize(join(folder, path));
    if (file.startsWith(normalize(folder + sep)) || file === normalize(folder)) {
      if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
    }
    const found = file.startsWith(normalize(folder)) && existsSync(file);
    const shown = found ? file : join(folder, '404.html');
    response.writeHead(found ? 200 : 404, {
      'content-type': types[extname(shown)] ?? 'application/octet-stream',
      // what carries its content's hash in its name never changes
      'cache-control': /\/(_next\/static|run)\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      // scenes may be used by pages elsewhere, which load their scripts from here
      'access-control-allow-origin': '*',
    });
    createReadStream(shown)
      .on('error', () => response.end())
      .pipe(response);
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
