// Finds a Vulkan driver for Dawn for Node: the machine's GPU where there is one, else the SwiftShader
// that comes with Chromium.

import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumLibraryFolders, findChromium } from './chromium.mjs';

/**
 * @typedef {object} DawnAdapter
 * @property {string} name what Dawn calls the adapter
 * @property {Record<string, string>} environment what a Node process needs to find it
 */

/** @type {DawnAdapter | undefined} */
let found;

/**
 * The adapter that Dawn for Node can use, or undefined. A driver named in VK_ICD_FILENAMES or
 * VK_DRIVER_FILES is respected; otherwise the machine's own drivers are tried before SwiftShader.
 * @returns {DawnAdapter | undefined}
 */
export function findDawnAdapter() {
  if (found !== undefined) return found;
  for (const environment of candidates()) {
    const name = tryAdapter(environment);
    if (name !== undefined) return (found = { name, environment });
  }
  return undefined;
}

/** @returns {Record<string, string>[]} */
function candidates() {
  // Mesa's drivers complain on every start when this is missing.
  const quiet = process.env['XDG_RUNTIME_DIR'] === undefined ? { XDG_RUNTIME_DIR: tmpdir() } : {};
  if (process.platform !== 'linux') return [{}];
  const { env } = process;
  const chosen = env['VK_ICD_FILENAMES'] !== undefined || env['VK_DRIVER_FILES'] !== undefined;
  const folders = chromiumLibraryFolders(findChromium());
  const drivers = [
    {},
    ...(chosen
      ? []
      : folders.map((f) => ({ VK_ICD_FILENAMES: join(f, 'vk_swiftshader_icd.json') }))),
  ];
  // A machine without a Vulkan loader can use the one that comes with Chromium.
  const inherited = env['LD_LIBRARY_PATH'];
  const loaders = [
    {},
    ...folders.map((f) => ({ LD_LIBRARY_PATH: inherited ? `${inherited}:${f}` : f })),
  ];
  return loaders.flatMap((loader) => drivers.map((driver) => ({ ...quiet, ...driver, ...loader })));
}

/**
 * Asks in a child process: the loader reads its variables once, and a bad driver may crash.
 * @param {Record<string, string>} environment
 */
function tryAdapter(environment) {
  const script = new URL('dawn-adapter.mjs', import.meta.url).pathname;
  const child = spawnSync(process.execPath, [script], {
    env: { ...process.env, ...environment },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return /^ADAPTER (.*)$/m.exec(child.stdout)?.[1];
}
