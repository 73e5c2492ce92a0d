// Counts passed and failed tests from the JSON reports of Vitest and Playwright. Nothing may skip: a
// skipped test counts as failed, and so do a runner that crashed and one that ran nothing.

import { readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number }} Counts */
/** @typedef {{ status: string, assertionResults: { status: string }[] }} VitestFile */
/** @typedef {{ testResults: VitestFile[] }} VitestReport */
/** @typedef {'expected' | 'unexpected' | 'flaky' | 'skipped'} PlaywrightStatus */
/** @typedef {{ stats: Record<PlaywrightStatus, number> }} PlaywrightReport */

/**
 * @param {string} file Vitest's JSON report
 * @param {boolean} ok whether the runner exited with 0
 * @returns {Counts}
 */
export function countVitest(file, ok) {
  const report = /** @type {VitestReport | undefined} */ (readReport(file));
  const counts = { passed: 0, failed: 0 };
  for (const { status, assertionResults } of report?.testResults ?? []) {
    const passed = assertionResults.filter((test) => test.status === 'passed').length;
    const failed = assertionResults.length - passed;
    counts.passed += passed;
    // A file that failed to load has no tests to blame.
    counts.failed += status === 'failed' && failed === 0 ? 1 : failed;
  }
  return withCrash(counts, ok);
}

/**
 * @param {string} file Playwright's JSON report
 * @param {boolean} ok whether the runner exited with 0
 * @returns {Counts}
 */
export function countPlaywright(file, ok) {
  const report = /** @type {PlaywrightReport | undefined} */ (readReport(file));
  if (report === undefined) return withCrash({ passed: 0, failed: 0 }, ok);
  const { expected, unexpected, flaky, skipped } = report.stats;
  return withCrash({ passed: expected, failed: unexpected + flaky + skipped }, ok);
}

/**
 * @param {Counts} counts
 * @param {boolean} ok
 */
function withCrash({ passed, failed }, ok) {
  const crashed = failed === 0 && (!ok || passed === 0);
  return { passed, failed: crashed ? 1 : failed };
}

/**
 * @param {string} file
 * @returns {unknown}
 */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
