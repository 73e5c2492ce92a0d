import { CacheFirst, NetworkFirst, Serwist, type PrecacheEntry } from 'serwist';

/** What the build puts in: the files of the page, each with a fingerprint. */
declare const self: { readonly __SW_MANIFEST?: (PrecacheEntry | string)[] };

/**
 * The entry of the Service Worker. The page, its code, the default teacher and its classifier are kept
 * with the first visit. What is large or rarely asked for is kept when it is first fetched: ONNX Runtime
 * for good (its name changes with it), other teachers and results until the site has newer ones.
 *
 * A new version waits until the visitor asks for it (src/app/offline/updates.ts): Serwist takes
 * the message SKIP_WAITING.
 */
new Serwist({
  precacheEntries: self.__SW_MANIFEST ?? [],
  precacheOptions: {
    cleanupOutdatedCaches: true,
    // The page is the same whatever its address asks for.
    ignoreURLParametersMatching: [/.*/],
  },
  clientsClaim: true,
  runtimeCaching: [
    {
      matcher: ({ url, sameOrigin }) => sameOrigin && url.pathname.endsWith('.wasm'),
      handler: new CacheFirst({ cacheName: 'runtime' }),
    },
    {
      matcher: ({ request, sameOrigin }) => sameOrigin && request.method === 'GET',
      handler: new NetworkFirst({ cacheName: 'files' }),
    },
  ],
}).addEventListeners();
