// npm test [-- --only lint,dawn]: installs what is missing, then runs every check and test, all of
// them even when one fails. The last line is `N passed, N failed`.

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { countPlaywright, countVitest } from './counts.mjs';
import { dawnAdapterName, ensureChromium, ensurePackages, root } from './setup.mjs';

const reports = join(root, 'test-results');

/** @typedef {import('./counts.mjs').Counts} Counts */
/** @type {Record<string, { title: string, run: () => Counts | Promise<Counts>, extra?: true }>} */
const steps = {
  adapters: { title: 'WebGPU adapters', run: adapters },
  format: { title: 'Format', run: () => checked('format') },
  lint: { title: 'Lint', run: () => checked('lint') },
  types: { title: 'Types', run: () => checked('types') },
  dawn: {
    title: 'Kernel and graph tests on Dawn for Node',
    run: () => vitest(['dawn', 'dawn-alone']),
  },
  chromium: { title: 'Kernel and graph tests in Chromium', run: () => vitest(['chromium']) },
  page: { title: 'Page tests in Chromium', run: pageTests },
  golden: {
    title: 'Golden tests on Dawn for Node',
    run: () => vitest(['dawn'], ['tests/golden', '--disable-console-intercept']),
    extra: true, // part of `dawn`; alone by `npm run test:golden`
  },
};

/** Programs that need no GPU, and so can run beside each other. */
const checks = {
  format: ['prettier/bin/prettier.cjs', '--check', '.'],
  lint: ['eslint/bin/eslint.js', '.', '--max-warnings', '0'],
  types: ['typescript/bin/tsc'],
};

/** @typedef {keyof typeof checks} Check */
const isCheck = (/** @type {string} */ name) => name in checks;

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const chosen =
  values.only?.split(',') ?? Object.keys(steps).filter((name) => steps[name]?.extra !== true);
const unknown = chosen.filter((name) => steps[name] === undefined);
if (unknown.length > 0) {
  console.error(`unknown step: ${unknown.join(', ')}; there are ${Object.keys(steps).join(', ')}`);
  process.exit(2);
}

/** @type {Map<string, ReturnType<typeof output>> | undefined} */
let running;

ensurePackages();
if (!chosen.every(isCheck)) ensureChromium();
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const total = { passed: 0, failed: 0 };
const summary = [];
for (const name of chosen) {
  const step = steps[name];
  if (step === undefined) continue;
  console.log(`\n━━ ${step.title} ━━`);
  const start = performance.now();
  const { passed, failed } = await step.run();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  summary.push(`${seconds.padStart(7)} s  ${step.title}: ${passed} passed, ${failed} failed`);
  console.log(summary.at(-1)?.trim());
  total.passed += passed;
  total.failed += failed;
}

console.log(`\n━━ Summary ━━\n${summary.join('\n')}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

/** Names the adapters that the tests below will use; a missing one is a failure. */
function adapters() {
  const dawn = dawnAdapterName();
  if (dawn !== undefined) console.log(`Dawn for Node: ${dawn}`);
  const child = spawnSync(process.execPath, [join(root, 'scripts/chromium-adapter.mjs')], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  const chromium = /^ADAPTER (.*)$/m.exec(child.stdout)?.[1];
  if (chromium !== undefined) console.log(`Chromium: ${chromium}`);
  else {
    console.error(`${child.stderr}No WebGPU adapter in Chromium: it must be a build that ships`);
    console.error(
      'SwiftShader. On Debian: apt-get install chromium; or name one in CHROMIUM_PATH.',
    );
  }
  const passed = [dawn, chromium].filter((name) => name !== undefined).length;
  return { passed, failed: 2 - passed };
}

/**
 * The first check starts all that were chosen; each is then reported in its turn.
 * @param {Check} name
 * @returns {Promise<Counts>}
 */
async function checked(name) {
  running ??= new Map(
    /** @type {Check[]} */ (chosen.filter(isCheck)).map((one) => [one, output(checks[one])]),
  );
  const { ok, text } = (await running.get(name)) ?? { ok: false, text: '' };
  process.stdout.write(text);
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * @param {readonly string[]} projects of vitest.config.ts
 * @param {string[]} [args]
 */
function vitest(projects, args = []) {
  const report = join(reports, `${projects[0]}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const chosen = projects.flatMap((project) => ['--project', project]);
  const ok = tool(['vitest/vitest.mjs', 'run', ...chosen, ...reporters, ...args]);
  return countVitest(report, ok);
}

function pageTests() {
  const report = join(reports, 'page.json');
  const ok = tool(['@playwright/test/cli.js', 'test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  return countPlaywright(report, ok);
}

/**
 * What an installed program writes, and whether it succeeds.
 * @param {string[]} command its path in node_modules, then its arguments
 * @returns {Promise<{ ok: boolean, text: string }>}
 */
function output([program = '', ...args]) {
  const child = spawn(process.execPath, [join(root, 'node_modules', program), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part) => (text += String(part)));
  }
  return new Promise((resolve) => child.on('close', (code) => resolve({ ok: code === 0, text })));
}

/**
 * Runs an installed program with the terminal's output; true when it succeeds.
 * @param {string[]} command its path in node_modules, then its arguments
 * @param {Record<string, string>} [env]
 */
function tool([program = '', ...args], env = {}) {
  const child = spawnSync(process.execPath, [join(root, 'node_modules', program), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return child.status === 0;
}
