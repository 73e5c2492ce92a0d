// npm test [-- --only lint,dawn]: installs what is missing, then runs every check and test, all of
// them even when one fails. The last line is `N passed, N failed`.

import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { countPlaywright, countVitest } from './counts.mjs';
import { dawnAdapterName, ensureChromium, ensurePackages, root } from './setup.mjs';

const reports = join(root, 'test-results');

/** @typedef {import('./counts.mjs').Counts} Counts */
/** @typedef {Counts & { text?: string }} Outcome what it wrote, unless that was shown as it came */
/**
 * @typedef {object} Step
 * @property {string} title
 * @property {(live: boolean) => Promise<Outcome>} run
 * @property {true} [alone] beside nothing else: what comes before is done, what comes after waits
 * @property {true} [extra] only when it is asked for
 */

/** @type {Record<string, Step>} */
const steps = {
  adapters: { title: 'WebGPU adapters', run: adapters, alone: true },
  format: { title: 'Format', run: check('prettier/bin/prettier.cjs', '--check', '.') },
  lint: { title: 'Lint', run: check('eslint/bin/eslint.js', '.', '--max-warnings', '0') },
  types: { title: 'Types', run: check('typescript/bin/tsc') },
  // Software adapters spin while they wait: two beside each other take longer than one after another.
  dawn: { title: 'Tests on Dawn for Node', run: vitest(['dawn', 'dawn-alone']), alone: true },
  chromium: {
    title: 'Kernel and graph tests in Chromium',
    run: vitest(['chromium']),
    alone: true,
  },
  page: { title: 'Page tests in Chromium', run: pageTests, alone: true },
  golden: {
    title: 'Golden tests on Dawn for Node',
    run: vitest(['dawn'], ['tests/golden', '--disable-console-intercept']),
    extra: true, // part of `dawn`; alone by `npm run test:golden`
  },
};

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const chosen =
  values.only?.split(',') ?? Object.keys(steps).filter((name) => steps[name]?.extra !== true);
const unknown = chosen.filter((name) => steps[name] === undefined);
if (unknown.length > 0) {
  console.error(`unknown step: ${unknown.join(', ')}; there are ${Object.keys(steps).join(', ')}`);
  process.exit(2);
}

ensurePackages();
if (!chosen.every((name) => ['format', 'lint', 'types'].includes(name))) ensureChromium();
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const total = { passed: 0, failed: 0 };
const summary = [];
/** @type {Map<string, ReturnType<typeof timed>>} */
const running = new Map();
for (const name of chosen) {
  const step = steps[name];
  if (step === undefined) continue;
  console.log(`\n━━ ${step.title} ━━`);
  const { passed, failed, text = '', seconds } = await (running.get(name) ?? begin(name));
  process.stdout.write(text);
  summary.push(`${seconds.padStart(7)} s  ${step.title}: ${passed} passed, ${failed} failed`);
  console.log(summary.at(-1)?.trim());
  total.passed += passed;
  total.failed += failed;
}

console.log(`\n━━ Summary ━━\n${summary.join('\n')}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

/**
 * Begins a step, and with it all that may run beside it: the checks.
 * @param {string} name
 */
function begin(name) {
  const group =
    steps[name]?.alone === true ? [name] : chosen.filter((one) => steps[one]?.alone !== true);
  for (const one of group) {
    const step = steps[one];
    if (step !== undefined) running.set(one, timed(step, group.length === 1));
  }
  return running.get(name) ?? Promise.reject(new RangeError(`${name} was not begun.`));
}

/**
 * @param {Step} step
 * @param {boolean} live
 */
async function timed({ run }, live) {
  const start = performance.now();
  const outcome = await run(live);
  return { ...outcome, seconds: ((performance.now() - start) / 1000).toFixed(1) };
}

/**
 * Names the adapters that the tests below will use; a missing one is a failure.
 * @returns {Promise<Outcome>}
 */
async function adapters() {
  const dawn = dawnAdapterName();
  if (dawn !== undefined) console.log(`Dawn for Node: ${dawn}`);
  const { text } = await output([join(root, 'scripts/chromium-adapter.mjs')], false);
  const chromium = /^ADAPTER (.*)$/m.exec(text)?.[1];
  if (chromium !== undefined) console.log(`Chromium: ${chromium}`);
  else {
    console.error(`${text}No WebGPU adapter in Chromium: it must be a build that ships`);
    console.error(
      'SwiftShader. On Debian: apt-get install chromium; or name one in CHROMIUM_PATH.',
    );
  }
  const passed = [dawn, chromium].filter((name) => name !== undefined).length;
  return { passed, failed: 2 - passed };
}

/**
 * A program that needs no GPU, and says by its end whether all is well.
 * @param {...string} command
 * @returns {Step['run']}
 */
function check(...command) {
  return async (live) => {
    const { ok, text } = await output(installed(command), live);
    return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, text };
  };
}

/**
 * @param {readonly string[]} projects of vitest.config.ts
 * @param {string[]} [args]
 * @returns {Step['run']}
 */
function vitest(projects, args = []) {
  return async (live) => {
    const report = join(reports, `${projects[0]}.json`);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const named = projects.flatMap((project) => ['--project', project]);
    const command = installed(['vitest/vitest.mjs', 'run', ...named, ...reporters, ...args]);
    const { ok, text } = await output(command, live);
    return { ...countVitest(report, ok), text };
  };
}

/** @type {Step['run']} */
async function pageTests(live) {
  const report = join(reports, 'page.json');
  const command = installed(['@playwright/test/cli.js', 'test', '--reporter=list,json']);
  const { ok, text } = await output(command, live, { PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  return { ...countPlaywright(report, ok), text };
}

/**
 * @param {string[]} command a program's path in node_modules, then its arguments
 */
function installed([program = '', ...args]) {
  return [join(root, 'node_modules', program), ...args];
}

/**
 * Runs a program of Node. What it writes is shown as it comes when it is `live`, else it is returned.
 * @param {string[]} command its path, then its arguments
 * @param {boolean} live
 * @param {Record<string, string>} [env]
 * @returns {Promise<{ ok: boolean, text: string }>}
 */
function output(command, live, env = {}) {
  const child = spawn(process.execPath, command, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part) => (text += String(part)));
  }
  return new Promise((resolve) => child.on('close', (code) => resolve({ ok: code === 0, text })));
}
