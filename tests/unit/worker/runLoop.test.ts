import { expect, test, vi } from 'vitest';
import { RunLoop } from '../../../src/worker/runLoop';

/** Rounds that end when they are told to; a round is the set of its number. */
const rounds = () => {
  const open: { resolve: (round: Set<number>) => void; reject: (error: Error) => void }[] = [];
  let most = 0;
  let count = 0;
  return {
    open,
    iterate: () =>
      new Promise<Set<number>>((resolve, reject) => {
        open.push({ resolve, reject });
        most = Math.max(most, open.length);
      }),
    most: () => most,
    finish: async (round = new Set([++count])) => {
      open.shift()?.resolve(round);
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
};

test('keeps two rounds in flight, never more, and reports in order', async () => {
  const { iterate, open, most, finish } = rounds();
  const seen: number[] = [];
  const ends: unknown[] = [];
  const loop = new RunLoop(iterate, {
    onRound: (round) => seen.push(...round),
    onEnd: (error) => ends.push(error),
  });
  loop.run(5);
  loop.run(5);
  for (let i = 0; i < 3; i++) await finish();
  expect(open).toHaveLength(2);
  const idle = loop.idle();
  await finish();
  await finish();
  await idle;
  expect(seen).toEqual([1, 2, 3, 4, 5]);
  expect(ends).toEqual([undefined]);
  expect(most()).toBe(2);
  expect(loop.roundsPerSecond).toBeGreaterThan(0);
});

test('a failure ends the run', async () => {
  const { iterate, open } = rounds();
  const failure = new Error('gone');
  const ends: unknown[] = [];
  const onRound = vi.fn();
  const loop = new RunLoop(iterate, { onRound, onEnd: (error) => ends.push(error) });
  loop.run(Infinity);
  open[0]?.reject(failure);
  open[1]?.reject(failure);
  await loop.idle();
  expect(ends).toEqual([failure]);
  expect(onRound).not.toHaveBeenCalled();
});

test('an abandoned run says nothing', async () => {
  const { iterate, finish } = rounds();
  const said = vi.fn();
  const loop = new RunLoop(iterate, { onRound: said, onEnd: said });
  loop.run(2);
  loop.abandon();
  await finish();
  await finish();
  await loop.idle();
  expect(said).not.toHaveBeenCalled();
});

test('a round in which nothing trains is the last', async () => {
  const { iterate, open, finish } = rounds();
  const onEnd = vi.fn();
  const loop = new RunLoop(iterate, { onRound: () => undefined, onEnd });
  loop.run(Infinity);
  await finish(new Set());
  await finish(new Set());
  await loop.idle();
  expect(open).toEqual([]);
  expect(onEnd).toHaveBeenCalledExactlyOnceWith(undefined);
});
