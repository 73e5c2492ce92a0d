import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  // Relative addresses: the built site works from any sub-path, with no special headers.
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: { target: 'es2022', chunkSizeWarningLimit: 1500 },
  optimizeDeps: {
    // First needed when a file is checked; found only then, the page would be reloaded.
    include: ['onnxruntime-web/webgpu'],
    // Dawn for Node is never part of the page.
    exclude: ['webgpu'],
  },
});
