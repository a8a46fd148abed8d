// Keeps the site for reading without a network. Pages come from the network when there is one, so that a correction is
// seen at once; everything with a hash in its name comes from the cache.
const version = 'VERSION';
const files = [/* FILES */];

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(version)
      .then((cache) => cache.addAll(files))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names.filter((name) => name.startsWith('engram-') && name !== version).map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

const fromCache = async (request) => (await caches.open(version)).match(request, { ignoreSearch: true });

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(async () => (await fromCache(request)) ?? Response.error()));
  } else {
    event.respondWith(fromCache(request).then((kept) => kept ?? fetch(request)));
  }
});
