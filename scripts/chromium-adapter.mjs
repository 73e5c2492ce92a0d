// Prints the description of the WebGPU adapter that Chromium offers to a page, or exits with 1.

import { chromium } from 'playwright';
import { chromiumLaunchOptions } from './chromium.mjs';

const browser = await chromium.launch(chromiumLaunchOptions());
const page = await browser.newPage();
// WebGPU needs a secure context, which localhost is.
await page.route('**', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
await page.goto('http://localhost/');
const name = await page.evaluate(async () => {
  if (!('gpu' in navigator)) return undefined;
  const info = (await navigator.gpu.requestAdapter())?.info;
  return info && (info.description || [info.vendor, info.architecture].filter(Boolean).join(' '));
});
const version = browser.version();
await browser.close();
if (name === undefined) process.exit(1);
console.log(`ADAPTER ${name} (Chromium ${version})`);
