// npm test [-- --only lint,dawn]: installs what is missing, then runs every check and test, all of
// them even when one fails. The last line is `N passed, N failed`.

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { countPlaywright, countVitest } from './counts.mjs';
import { dawnAdapterName, ensureChromium, ensurePackages, root } from './setup.mjs';

const reports = join(root, 'test-results');

/** @typedef {import('./counts.mjs').Counts} Counts */
/** @type {Record<string, { title: string, run: () => Counts, extra?: true }>} */
const steps = {
  adapters: { title: 'WebGPU adapters', run: adapters },
  format: { title: 'Format', run: () => check(['prettier/bin/prettier.cjs', '--check', '.']) },
  lint: { title: 'Lint', run: () => check(['eslint/bin/eslint.js', '.', '--max-warnings', '0']) },
  types: { title: 'Types', run: () => check(['typescript/bin/tsc']) },
  dawn: { title: 'Kernel and graph tests on Dawn for Node', run: () => vitest('dawn') },
  chromium: { title: 'Kernel and graph tests in Chromium', run: () => vitest('chromium') },
  page: { title: 'Page tests in Chromium', run: pageTests },
  golden: {
    title: 'Golden tests on Dawn for Node',
    run: () => vitest('dawn', ['tests/golden', '--disable-console-intercept']),
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
if (chosen.some((name) => !['format', 'lint', 'types'].includes(name))) ensureChromium();
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const total = { passed: 0, failed: 0 };
const summary = [];
for (const name of chosen) {
  const step = steps[name];
  if (step === undefined) continue;
  console.log(`\n━━ ${step.title} ━━`);
  const start = performance.now();
  const { passed, failed } = step.run();
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

/** @param {string[]} command */
function check(command) {
  return tool(command) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * @param {'dawn' | 'chromium'} project
 * @param {string[]} [args]
 */
function vitest(project, args = []) {
  const report = join(reports, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const ok = tool(['vitest/vitest.mjs', 'run', '--project', project, ...reporters, ...args]);
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
