import { serwist } from '@serwist/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { contentPolicy, STYLE_NONCE } from './scripts/content-policy.mjs';
import { recordedResults } from './scripts/recorded.mjs';

export default defineConfig({
  // Relative addresses: the built site works from any sub-path, with no special headers.
  base: './',
  plugins: [
    react(),
    contentPolicy(),
    recordedResults(),
    serwist({
      swSrc: 'src/worker/offline/worker.ts',
      swDest: 'offline.js',
      globDirectory: 'dist',
      globPatterns: [
        '**/*.{html,js,css,svg}',
        // Western letters, and formulas; other scripts' are fetched, and kept, when they are needed.
        'assets/{inter-latin-opsz,KaTeX}*.woff2',
        'avatars.png',
        'teachers/{index.json,avatars.safetensors}',
        'classifiers/avatars.safetensors',
      ],
      // Kept when it is visited.
      globIgnores: ['bench/**', 'assets/bench-*'],
      maximumFileSizeToCacheInBytes: 8 * 1024 * 1024,
      injectionPoint: 'self.__SW_MANIFEST',
      rollupFormat: 'iife',
    }),
  ],
  worker: { format: 'es' },
  // Where Radix looks for it.
  define: { __webpack_nonce__: JSON.stringify(STYLE_NONCE) },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    manifest: true,
    rolldownOptions: { input: { index: 'index.html', bench: 'bench/index.html' } },
  },
  optimizeDeps: {
    // First needed when a file is checked; found only then, the page would be reloaded.
    include: ['onnxruntime-web/webgpu'],
    // Dawn for Node is never part of the page.
    exclude: ['webgpu'],
  },
});
