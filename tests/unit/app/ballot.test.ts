import { expect, test } from 'vitest';
import { sidesOf, turnsOf, voteOf, type Ballot } from '../../../src/app/vote/ballot';
import { voteSchema } from '../../../src/lab/record';

test('every picture comes once, in an order and on sides that the seed decides', () => {
  const turns = turnsOf(5, 64);
  expect(turns.map(({ image }) => image).sort((a, b) => a - b)).toEqual([...Array(64).keys()]);
  expect(turnsOf(5, 64)).toEqual(turns);
  expect(turnsOf(6, 64)).not.toEqual(turns);
  // Sides are fair coins: 64 of them give 16 to 48 but for one case in 30,000.
  for (const seed of [1, 2, 3, 4, 5]) {
    const swapped = turnsOf(seed, 64).filter((turn) => turn.swapped).length;
    expect(Math.abs(swapped - 32)).toBeLessThanOrEqual(16);
  }
});

const pictures = (iteration: number) => ({
  images: new Float32Array(12),
  shape: [1, 3, 2, 2] as const,
  iteration,
  variance: 0,
});

const ballot: Ballot = {
  arms: ['a', 'b'],
  pictures: [pictures(10), pictures(12)],
  prompts: [
    [1, 2],
    [3, 4],
  ],
  ...{ noise: 7, order: 5, turns: [] },
};

test('a vote names the arms by side, and prefers the one whose side was chosen', () => {
  const [straight, swapped] = [
    { image: 1, swapped: false },
    { image: 1, swapped: true },
  ];
  expect(sidesOf(ballot.arms, swapped)).toEqual(['b', 'a']);
  expect(voteOf(ballot, straight, 'left').ranking).toEqual(['a', 'b']);
  expect(voteOf(ballot, straight, 'right').ranking).toEqual(['b', 'a']);
  expect(voteOf(ballot, swapped, 'left').ranking).toEqual(['b', 'a']);
  expect(voteOf(ballot, swapped, 'right').ranking).toEqual(['a', 'b']);
  const tie = voteOf(ballot, swapped, 'tie');
  expect(tie).toEqual({
    image: 1,
    ranking: ['b', 'a'],
    tie: true,
    shown: {
      left: { arm: 'b', iteration: 12 },
      right: { arm: 'a', iteration: 10 },
      prompt: [3, 4],
      noise: 7,
      order: 5,
    },
  });
  expect(voteSchema.parse(tie)).toEqual(tie);
});
