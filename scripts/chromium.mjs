// Where Chromium is and how it is started: shared by the unit tests, the page tests and the scripts.
// Imports nothing but Node, so that it runs before the first install.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Flags that give WebGPU on the CPU (SwiftShader) in a headless Chromium. */
export const CHROMIUM_FLAGS = [
  // WebGPU, compute and OffscreenCanvas alike, needs all four of these together.
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Playwright launch options for the Chromium of this machine. */
export function chromiumLaunchOptions() {
  const executablePath = findChromium();
  return executablePath === undefined
    ? { args: CHROMIUM_FLAGS }
    : { args: CHROMIUM_FLAGS, executablePath };
}

/** @type {string | undefined} */
let found;

/**
 * Path of a Chromium that starts, or undefined: CHROMIUM_PATH, the system's, then Playwright's own.
 * @returns {string | undefined}
 */
export function findChromium() {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen !== undefined && chosen !== '') return chosen;
  found ??= [...systemChromiums(), ...playwrightChromiums()].find(starts);
  return found;
}

/**
 * True when the program answers `--version`; the stub of a package that is not installed does not.
 * @param {string} path
 */
export function starts(path) {
  if (!existsSync(path)) return false;
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

function systemChromiums() {
  if (process.platform === 'darwin') {
    return [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ];
  }
  const names = ['chromium', 'google-chrome-stable', 'google-chrome', 'chromium-browser'];
  return names.map((name) => join('/usr/bin', name));
}

/** Browsers in Playwright's cache, newest first. */
function playwrightChromiums() {
  const cache =
    process.env['PLAYWRIGHT_BROWSERS_PATH'] ??
    (process.platform === 'darwin'
      ? join(homedir(), 'Library/Caches/ms-playwright')
      : join(homedir(), '.cache/ms-playwright'));
  if (!existsSync(cache)) return [];
  const programs = [
    'chrome-linux64/chrome',
    'chrome-linux/chrome',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  ];
  return readdirSync(cache)
    .filter((folder) => /^chromium-\d+$/.test(folder))
    .sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)))
    .flatMap((folder) => programs.map((program) => join(cache, folder, program)))
    .filter((path) => existsSync(path));
}

/**
 * Folders in which a Chromium may keep its SwiftShader driver and Vulkan loader: beside the real
 * program, and, as /usr/bin/chromium is a shell wrapper on Debian, where its package puts them.
 * @param {string | undefined} chromium
 * @returns {string[]}
 */
export function chromiumLibraryFolders(chromium) {
  const beside = chromium === undefined || !existsSync(chromium) ? [] : [realpathSync(chromium)];
  return [
    ...beside.map((path) => dirname(path)),
    ...['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'],
    ...playwrightChromiums().map((path) => dirname(path)),
  ].filter((folder) => existsSync(join(folder, 'vk_swiftshader_icd.json')));
}
