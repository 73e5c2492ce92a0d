import { expect } from 'vitest';
import { slice } from '../../../src/graph/ops/views';
import { read } from '../../../src/graph/tensor';
import { ditVelocity } from '../../../src/models/dit/dit';
import { ditLayout } from '../../../src/models/dit/parameters';
import { ParameterRow } from '../../../src/models/parameters';
import { expectClose } from '../../support/compare';
import { evaluate, feed, type Fed } from '../../support/evaluate';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';
import { TINY, tinyWeights } from '../../support/tinyTeacher';

const NAMES = ['first', 'second', 'third'] as const;
const SHARE = 2;
const SAMPLES = NAMES.length * SHARE;

// The same products of the same numbers, in another order of loops at most.
const TOLERANCE = { relative: 1e-6 };

test('three networks as one batch answer as each by itself', async ({ gpu }) => {
  const row = new ParameterRow(NAMES, ditLayout(TINY));
  const { size } = row.layout;
  const flat = new Float32Array(NAMES.length * size);
  NAMES.forEach((_, index) => {
    flat.set(tinyWeights(index + 1), index * size);
  });
  const weights: Fed = { tensor: read(row.flat), variable: row.flat, data: flat };
  const shape = [SAMPLES, TINY.channels, TINY.height, TINY.imageWidth];
  const attributes = Object.keys(TINY.attributes).length;
  const x = feed(shape, randomValues(SAMPLES * 3 * TINY.height * TINY.imageWidth, 4));
  const t = feed(
    [SAMPLES],
    Array.from({ length: SAMPLES }, (_, sample) => (sample + 0.5) / SAMPLES),
  );
  const rows = feed(
    [SAMPLES, attributes],
    Int32Array.from({ length: SAMPLES * attributes }, (_, index) => index % 7),
  );
  const together = ditVelocity(TINY, row.serving([1, 1, 1]), {
    x: x.tensor,
    t: t.tensor,
    rows: rows.tensor,
  });
  const apart = NAMES.map((name, index) => {
    const part = (all: Fed) => slice(all.tensor, 0, index * SHARE, SHARE);
    return ditVelocity(TINY, row.network(name), { x: part(x), t: part(t), rows: part(rows) });
  });
  const feeds = [weights, x, t, rows];
  const [found = new Float32Array(), ...expected] = await evaluate(
    gpu,
    [together, ...apart],
    feeds,
  );
  const length = found.length / NAMES.length;
  expected.forEach((values, index) => {
    const own = found.slice(index * length, (index + 1) * length);
    expectClose(NAMES[index] ?? '', own, values, TOLERANCE);
  });
  // Each has weights of its own, so no two answer alike.
  expect(new Set(expected.map((values) => values[0])).size).toBe(NAMES.length);
});
