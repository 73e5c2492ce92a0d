// npm start [-- --port N]: installs what is missing, builds the playground and serves it.

import { parseArgs } from 'node:util';
import { ensurePackages, root } from './setup.mjs';

const { values } = parseArgs({ options: { port: { type: 'string' } } });

ensurePackages();
const { build, preview } = await import('vite');

// The built page, not the development server: React's production build keeps up with training.
console.log('Building the playground …');
await build({ root, logLevel: 'warn' });
const server = await preview({
  root,
  preview: values.port === undefined ? {} : { port: Number(values.port), strictPort: true },
});

const [address] = server.resolvedUrls?.local ?? [];
console.log(`\n  Spear & Shield is at  ${address}\n`);
console.log('  Open it in a browser with WebGPU (Chrome or Edge 113+, Safari 26+, Firefox 141+).');
console.log('  Press Ctrl+C to stop.');
