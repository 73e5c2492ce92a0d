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
        test: { ...shared, name: 'dawn', environment: 'node', pool: 'forks' },
      },
      {
        server: { fs: { allow: [rootDir, goldenDir] } },
        // Named here, or the first run in a fresh clone finds them midway and reloads the tests.
        optimizeDeps: {
          include: [
            'zod',
            'd3-dsv',
            'fast-png',
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
          exclude: ['**/*.node.test.ts'],
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
