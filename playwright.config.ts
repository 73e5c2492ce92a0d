import { defineConfig } from '@playwright/test';
import { chromiumLaunchOptions } from './scripts/chromium.mjs';

const port = 4517;

export default defineConfig({
  testDir: 'tests/page',
  outputDir: 'test-results/page',
  // One adapter, which is slow where it is software: one test at a time, each with plenty of time.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 300_000,
  expect: { timeout: 60_000 },
  forbidOnly: process.env['CI'] !== undefined,
  use: {
    baseURL: `http://localhost:${port}/`,
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    // Every visit gets the files that are served; the visit without a network has tests of its own.
    serviceWorkers: 'block',
    launchOptions: chromiumLaunchOptions(),
  },
  // What `npm start` serves: the built site.
  webServer: {
    command: `node scripts/start.mjs --port ${port}`,
    url: `http://localhost:${port}/`,
    timeout: 180_000,
    reuseExistingServer: false,
    stdout: 'ignore',
    stderr: 'pipe',
  },
});
