import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumLaunchOptions } from './scripts/chromium.mjs';
import { findDawnAdapter } from './scripts/vulkan.mjs';

// Test workers inherit it.
Object.assign(process.env, findDawnAdapter()?.environment);

const rootDir = fileURLToPath(new URL('.', import.meta.url));
const golden = process.env['GOLDEN_DIR'] ?? 'tests/golden';
const goldenDir = isAbsolute(golden) ? golden : join(rootDir, golden);

const tests = ['tests/unit/**/*.test.ts', 'tests/golden/**/*.test.ts'];
/** What needs no adapter, or is about one model too large to be asked twice: tested on Node alone. */
const once = ['hostile', 'interchange', 'tasks', 'lab/setUp', 'lab/own']
  .map((folder) => `tests/unit/${folder}/**`)
  .concat('tests/golden/teacher.test.ts');
/** Files that lose devices in mid-work: Dawn for Node may crash whatever its process does later. */
const alone = ['tests/unit/**/*.alone.test.ts'];

// Both projects run the same files one after another in one context, so that the device and its
// compiled pipelines (seconds each on a software adapter) are made once and reused.
const shared = {
  include: tests,
  provide: { rootDir, goldenDir },
  testTimeout: 120_000,
  hookTimeout: 120_000,
  isolate: false,
  fileParallelism: false,
  maxWorkers: 1,
};

export default defineConfig({
  test: {
    projects: [
      {
        test: { ...shared, exclude: alone, name: 'dawn', environment: 'node', pool: 'forks' },
      },
      {
        test: {
          ...shared,
          include: alone,
          name: 'dawn-alone',
          environment: 'node',
          pool: 'forks',
          isolate: true,
        },
      },
      {
        server: { fs: { allow: [rootDir, goldenDir] } },
        // Named here, or the first run in a fresh clone finds them midway and reloads the tests.
        optimizeDeps: {
          include: [
            'zod',
            '@bufbuild/protobuf',
            '@bufbuild/protobuf/codegenv2',
            'onnxruntime-web',
            'onnxruntime-web/webgpu',
            'd3-dsv',
            'fast-png',
            'fflate',
            'idb-keyval',
            'ml-matrix',
            'svg-pathdata',
            '@dicebear/core',
            '@dicebear/pixel-art',
          ],
          exclude: ['webgpu'],
        },
        test: {
          ...shared,
          name: 'chromium',
          exclude: ['**/*.node.test.ts', ...alone, ...once],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumLaunchOptions() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
