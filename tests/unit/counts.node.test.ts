import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { countPlaywright, countVitest } from '../../scripts/counts.mjs';

async function write(report: unknown): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'counts-')), 'report.json');
  await writeFile(file, JSON.stringify(report));
  return file;
}

function vitestFile(status: string, ...tests: string[]) {
  return { status, assertionResults: tests.map((test) => ({ status: test })) };
}

describe('counts of a run', () => {
  test('a skipped test and a file that does not load are failures', async () => {
    const testResults = [
      vitestFile('passed', 'passed', 'passed'),
      vitestFile('passed', 'passed', 'skipped'),
      vitestFile('failed', 'passed', 'failed'),
      vitestFile('failed'),
    ];
    const report = await write({ testResults });
    expect(countVitest(report, false)).toEqual({ passed: 4, failed: 3 });
  });

  test('an error outside the tests, an empty run and a missing report are failures', async () => {
    const passed = await write({ testResults: [vitestFile('passed', 'passed')] });
    expect(countVitest(passed, true)).toEqual({ passed: 1, failed: 0 });
    expect(countVitest(passed, false)).toEqual({ passed: 1, failed: 1 });
    expect(countVitest(await write({ testResults: [] }), true)).toEqual({ passed: 0, failed: 1 });
    expect(countVitest('/missing.json', true)).toEqual({ passed: 0, failed: 1 });
    expect(countPlaywright('/missing.json', false)).toEqual({ passed: 0, failed: 1 });
  });

  test('a flaky or skipped page test is a failure', async () => {
    const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 };
    expect(countPlaywright(await write({ stats }), false)).toEqual({ passed: 3, failed: 4 });
  });
});
