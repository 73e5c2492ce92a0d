// The page's Content-Security-Policy: code, pictures and data from its own site, and nowhere else.

/**
 * Lets Radix' dialogs write the style element that holds the page still behind them. A static site can
 * make no fresh one a visit; it is good for styles alone.
 */
export const STYLE_NONCE = 'spear-and-shield';

const POLICY = {
  'default-src': ["'self'"],
  // ONNX Runtime is WebAssembly; nothing here evaluates text.
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'worker-src': ["'self'"],
  // A visitor's own files have blob addresses.
  'connect-src': ["'self'", 'blob:'],
  'style-src': ["'self'", `'nonce-${STYLE_NONCE}'`],
  // Typeset formulas carry their measures as attributes.
  'style-src-attr': ["'unsafe-inline'"],
  // Small files are part of the bundle, and pictures that were made here have blob addresses.
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'", 'data:'],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
};

/**
 * A Vite plugin that writes the policy into the built page. The development server needs inline scripts
 * and a socket, so it has none.
 * @returns {import('vite').Plugin}
 */
export function contentPolicy() {
  const content = Object.entries(POLICY)
    .map(([directive, sources]) => [directive, ...sources].join(' '))
    .join('; ');
  return {
    name: 'content-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content },
        injectTo: 'head-prepend',
      },
    ],
  };
}
