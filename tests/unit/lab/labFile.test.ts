import { describe, expect, test } from 'vitest';
import { parseLabConfig } from '../../../src/lab/config';
import { parseEvaluationOptions } from '../../../src/lab/evaluationOptions';
import { LabFileError, parseLabFile, writeLabFile } from '../../../src/lab/labFile';

const SET_UP = {
  task: 'avatars',
  teacher: { id: 'avatars', sha256: '0123456789abcdef'.repeat(4) },
  experiment: null,
  lab: parseLabConfig({
    ...{ seed: 9, batch: 4 },
    arms: [
      { id: 'both', name: 'CA + DM' },
      { id: 'spear', name: 'CA only', config: { terms: { dm: { enabled: false } } } },
    ],
  }),
  evaluation: parseEvaluationOptions({ every: 10, samples: 32 }),
  grid: {
    seed: 4_294_967_295,
    prompts: [
      [0, 1],
      [2, 3],
    ],
  },
};

test('a set-up that was written is read back', () => {
  expect(parseLabFile(writeLabFile(SET_UP))).toEqual({
    ...{ kind: 'spear-and-shield set-up', version: 1 },
    ...SET_UP,
  });
  const { lab } = parseLabFile(writeLabFile({ ...SET_UP, teacher: null }));
  expect(lab.arms.map(({ config }) => config.terms.dm.enabled)).toEqual([true, false]);
});

const changed = (part: object): string =>
  JSON.stringify({ ...(JSON.parse(writeLabFile(SET_UP)) as object), ...part });

describe('anything else is refused in one message', () => {
  test.each([
    ['no JSON', '{"kind":', /not JSON/],
    ['a record', '{"version":1}', /does not say that it is one/],
    ['nothing', 'null', /does not say that it is one/],
    ['a later version', changed({ version: 2 }), /version 2; this page reads version 1/],
    ['an unknown field', changed({ more: 1 }), /more/],
    ['no arms', changed({ lab: { arms: [] } }), /lab.arms: must hold at least one arm/],
    [
      'a setting out of range',
      changed({ lab: { batch: 1e9, arms: [{ id: 'a', name: 'A' }] } }),
      /batch/,
    ],
    ['a digest that is none', changed({ teacher: { id: 'a', sha256: 'x' } }), /teacher.sha256/],
    ['no pictures', changed({ grid: { seed: 1, prompts: [] } }), /grid.prompts/],
    ['65 pictures', changed({ grid: { seed: 1, prompts: Array(65).fill([0]) } }), /grid.prompts/],
    ['a seed beyond 32 bits', changed({ grid: { seed: 2 ** 32, prompts: [[0]] } }), /grid.seed/],
    ['a gigantic file', `"${'x'.repeat(2 ** 20)}"`, /too large/],
  ])('%s', (_, text, message) => {
    expect(() => parseLabFile(text)).toThrow(LabFileError);
    expect(() => parseLabFile(text)).toThrow(message);
  });
});
