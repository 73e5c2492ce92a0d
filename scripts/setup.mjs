// Installs what is missing: npm packages, and a Chromium for tests and its software Vulkan driver.
// Imports nothing but Node, so that it runs before the first install.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium, starts } from './chromium.mjs';
import { findDawnAdapter } from './vulkan.mjs';

/** The repository's root, with a slash at its end. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** @typedef {Record<string, { version: string, optional?: boolean }>} Packages */

const WITHOUT_ADAPTER = `No WebGPU adapter for Dawn for Node.
  It needs a Vulkan driver: a GPU's own, or the SwiftShader that comes with Chromium.
  On Debian: apt-get install chromium libvulkan1
  Elsewhere: npx playwright install chromium, or name a driver's json file in VK_ICD_FILENAMES.`;

/** Installs npm packages unless those of package-lock.json are there. */
export function ensurePackages() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Node ${process.versions.node} is too old: this project needs Node 20.19 or later.`);
  }
  if (packagesAreCurrent()) return;
  console.log('Installing npm packages (once, about 400 MB) …');
  const npm = process.env['npm_execpath'];
  const command = npm === undefined ? ['npm'] : [process.execPath, npm];
  if (!run([...command, 'ci', '--no-audit', '--no-fund'])) fail('npm ci failed: see above.');
}

function packagesAreCurrent() {
  const installedLock = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedLock)) return false;
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(installedLock);
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const there = installed[path];
    // Binaries for other platforms are optional and stay away.
    return there === undefined ? optional === true : there.version === version;
  });
}

/**
 * @param {string} lockfile
 * @returns {Packages}
 */
function readPackages(lockfile) {
  /** @type {unknown} */
  const lock = JSON.parse(readFileSync(lockfile, 'utf8'));
  return /** @type {{ packages: Packages }} */ (lock).packages;
}

/**
 * Path of a Chromium that starts; installs Debian's where there is apt and root, else Playwright's.
 * Undefined, with a message, when neither works.
 */
export function ensureChromium() {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen !== undefined && chosen !== '') {
    if (starts(chosen)) return chosen;
    console.error(`CHROMIUM_PATH is ${chosen}, which does not start.`);
    return undefined;
  }
  let chromium = findChromium();
  if (chromium === undefined && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    console.log("Installing Debian's Chromium for the tests …");
    run(['apt-get', 'update', '-qq'], 'ignore');
    run(['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium'], 'ignore');
    chromium = findChromium();
  }
  if (chromium === undefined) {
    console.log("Installing Playwright's Chromium for the tests …");
    run([process.execPath, join(root, 'node_modules/playwright/cli.js'), 'install', 'chromium']);
    chromium = findChromium();
  }
  if (chromium === undefined) {
    console.error(
      'No Chromium: install one (Debian: apt-get install chromium; elsewhere: ' +
        'npx playwright install --with-deps chromium) or name it in CHROMIUM_PATH.',
    );
  }
  return chromium;
}

/**
 * Environment in which Dawn for Node finds an adapter; installs Chromium's software driver where
 * nothing else is there. Ends the process with a message when there is none.
 */
export function ensureDawn() {
  let adapter = findDawnAdapter();
  if (adapter === undefined && ensureChromium() !== undefined) adapter = findDawnAdapter();
  return adapter ? { ...process.env, ...adapter.environment } : fail(WITHOUT_ADAPTER);
}

/** Name of Dawn's adapter, or undefined with a message that says what to install. */
export function dawnAdapterName() {
  const adapter = findDawnAdapter();
  if (adapter === undefined) console.error(WITHOUT_ADAPTER);
  return adapter?.name;
}

/**
 * Runs a command in the repository's root; true when it succeeds. Its errors are always shown.
 * @param {string[]} command
 * @param {'inherit' | 'ignore'} output
 */
function run([program = '', ...args], output = 'inherit') {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const child = spawnSync(program, args, {
    cwd: root,
    env,
    stdio: ['ignore', output, 'inherit'],
  });
  return child.status === 0;
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}
