import { expect, test } from 'vitest';
import { levelOf, LEVELS, LossLog, lossLogSchema } from '../../../src/training/lossLog';

const figures = (step: number, losses: number[], times: number[]) => ({
  step,
  loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
  losses: Float32Array.from(losses),
  times: Float32Array.from(times),
});

test('times fall into bins of equal width, the ends included', () => {
  expect([0, 0.05, 0.1, 0.999, 1].map(levelOf)).toEqual([0, 0, 1, LEVELS - 1, LEVELS - 1]);
});

test('losses are means by noise level', () => {
  const log = new LossLog(4);
  log.note(figures(1, [1, 3, 5], [0.05, 0.05, 0.95]));
  const { loss, levels } = log.note(figures(2, [5, 7, 9], [0.05, 0.55, 0.95]));
  expect(loss).toBeCloseTo(5, 12);
  expect(levels[0]).toBeCloseTo(3, 12);
  expect(levels[5]).toBeCloseTo(7, 12);
  expect(levels[9]).toBeCloseTo(7, 12);
  expect(levels[1]).toBeNull();
  expect(log.rows.map(({ step }) => step)).toEqual([1, 2]);
});

test('old losses fade', () => {
  const log = new LossLog(1000);
  for (let step = 1; step <= 1000; step++) log.note(figures(step, [step > 300 ? 1 : 9], [0.5]));
  // 100 plain means, then each step keeps 99 % of what was.
  const last = log.rows.at(-1);
  expect(last?.loss).toBeCloseTo(1 + 8 * 0.99 ** ((last?.step ?? 0) - 300), 6);
});

test('a long training leaves some hundred rows, and one that was kept goes on as if unbroken', () => {
  const steps = 1001;
  const note = (log: LossLog, from: number, to: number): LossLog => {
    for (let step = from; step <= to; step++) {
      log.note(figures(step, [Math.sin(step), Math.cos(step)], [0.3, (step % 7) / 7]));
    }
    return log;
  };
  const whole = note(new LossLog(steps), 1, steps);
  expect(whole.rows.length).toBeGreaterThan(300);
  expect(whole.rows.length).toBeLessThanOrEqual(400);
  const kept = lossLogSchema.parse(
    JSON.parse(JSON.stringify(note(new LossLog(steps), 1, 500).toData())),
  );
  expect(note(new LossLog(steps, kept), 501, steps).toData()).toEqual(whole.toData());
});
