// node scripts/run.mjs ENTRY.ts [ARGUMENTS]: bundles a TypeScript program (with its `?raw` shaders)
// for Node, and runs it where Dawn finds an adapter.

import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ensureDawn, ensurePackages, root } from './setup.mjs';

const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) {
  console.error('usage: node scripts/run.mjs ENTRY.ts [ARGUMENTS]');
  process.exit(2);
}

ensurePackages();
const env = ensureDawn();
const { build } = await import('vite');

// Of this run alone: others may build the same program, or another version of it, at the same time.
const name = `${basename(entry, '.ts')}-${process.pid}.mjs`;
const outDir = join(root, 'node_modules/.cache/programs');
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  build: {
    ssr: entry,
    outDir,
    emptyOutDir: false,
    copyPublicDir: false,
    target: 'node20',
    sourcemap: 'inline',
    rolldownOptions: { output: { entryFileNames: name, codeSplitting: false } },
  },
});

const program = join(outDir, name);
const child = spawn(process.execPath, ['--enable-source-maps', program, ...args], {
  env,
  stdio: 'inherit',
});
// The terminal sends its interrupt to the child as well: let it finish in its own way.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code) => {
  rmSync(program, { force: true });
  process.exit(code ?? 1);
});
