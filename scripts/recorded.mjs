// The recorded results of docs/results as files of the page, for visitors whose browser cannot train.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const results = fileURLToPath(new URL('../docs/results/', import.meta.url));

/** Those that are shown; the page's list is in src/app/recorded/results.ts. */
const EXPERIMENTS = ['e1', 'e2', 'e3', 'e5'];

/** @param {string} experiment */
const read = (experiment) => readFileSync(join(results, experiment, 'record.json'), 'utf8');

/**
 * A Vite plugin that serves and writes `recorded/ID.json`.
 * @returns {import('vite').Plugin}
 */
export function recordedResults() {
  return {
    name: 'recorded-results',
    configureServer(server) {
      for (const experiment of EXPERIMENTS) {
        server.middlewares.use(`/recorded/${experiment}.json`, (_request, response) => {
          response.setHeader('Content-Type', 'application/json');
          response.end(read(experiment));
        });
      }
    },
    generateBundle() {
      for (const experiment of EXPERIMENTS) {
        // Without the indentation, which is for people who read the file in the repository.
        const source = JSON.stringify(JSON.parse(read(experiment)));
        this.emitFile({ type: 'asset', fileName: `recorded/${experiment}.json`, source });
      }
    },
  };
}
