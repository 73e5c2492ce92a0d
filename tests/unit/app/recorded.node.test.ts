import { readFileSync } from 'node:fs';
import { describe, expect, inject, it } from 'vitest';
import { experimentOf, iterationsOf, momentOf, RECORDED } from '../../../src/app/recorded/results';
import { parseRecord } from '../../../src/lab/record';

const recordOf = (id: string) =>
  parseRecord(
    JSON.parse(readFileSync(`${inject('rootDir')}docs/results/${id}/record.json`, 'utf8')),
  );

describe.each(RECORDED)('the recorded run of %s', (id) => {
  const record = recordOf(id);

  it('is one of that experiment, and has pictures and figures of every arm', () => {
    expect(record.experiment).toBe(id);
    const iterations = iterationsOf(record);
    expect(iterations[0]).toBe(0);
    expect(iterations.length).toBeGreaterThan(4);
    for (const arm of record.arms) {
      for (const iteration of iterations) {
        expect(momentOf(arm, iteration)?.measured?.variance).toBeGreaterThan(0);
      }
    }
  });

  it('bears claims out, or does not', () => {
    const verdicts = experimentOf(id).claims.map(({ judge }) => judge(record).state);
    expect(verdicts).toContain('seen');
  });
});

it('an arm that halted stays as it was', () => {
  const [arm] = recordOf('e1').arms;
  if (arm === undefined) throw new Error('E1 has arms.');
  const cut = { ...arm, snapshots: arm.snapshots.slice(0, 2) };
  expect(momentOf(cut, 100)?.iteration).toBe(cut.snapshots[1]?.iteration);
});
