import { deflateSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { EXPERIMENTS } from '../../../../src/lab/experiments/registry';
import { DICTIONARY } from '../../../../src/lab/setUp/dictionary';
import { LinkError, readLink, writeLink } from '../../../../src/lab/setUp/link';
import { digestOf, pack, PackingError, unpack } from '../../../../src/lab/setUp/packing';
import { experimentSetUp, firstSetUp, randomSetUp } from '../../../support/setUps';
import { fuzz } from '../../../support/mutate';
import LINKS_1 from '../../../fixtures/links-1.json' with { type: 'json' };
import { E1, E1_FOUR_STEPS } from '../../../../src/lab/experiments/e1';

/** A link that says this much. */
const linkOf = (data: unknown): string => `1.${pack(data, DICTIONARY)}`;

describe('what was written is read back to the letter', () => {
  test('a fresh page, in a handful of letters', () => {
    const link = writeLink({ setUp: firstSetUp(), teacher: null });
    expect(readLink(link)).toEqual({ setUp: firstSetUp(), teacher: null, lost: [] });
    expect(link.length).toBeLessThan(15);
  });

  test.each(EXPERIMENTS.map((experiment) => [experiment.id, experiment] as const))(
    'experiment %s, in less than 30 letters',
    (_, experiment) => {
      const setUp = experimentSetUp(experiment);
      const link = writeLink({ setUp, teacher: null });
      expect(readLink(link)).toEqual({ setUp, teacher: null, lost: [] });
      expect(link.length).toBeLessThan(30);
    },
  );

  test('three hundred random benches, the largest within what an address may hold', () => {
    let longest = 0;
    for (let seed = 0; seed < 300; seed++) {
      const setUp = randomSetUp(seed);
      const teacher = seed % 2 === 0 ? null : 'fixtures/a teacher.safetensors';
      const link = writeLink({ setUp, teacher });
      expect(link).toMatch(/^1\.[\w-]+$/);
      expect(readLink(link), `bench ${seed}`).toEqual({ setUp, teacher, lost: [] });
      longest = Math.max(longest, link.length);
    }
    expect(longest).toBeLessThan(4000);
  });
});

// Links that were handed out: later versions must read them, and mean the same by them.
test.each(LINKS_1)('the link of version 1 to $about', ({ link, setUp, teacher }) => {
  expect(readLink(link)).toEqual({ setUp, teacher, lost: [] });
});

test('arms of an experiment that were changed are kept whole, whatever becomes of it', () => {
  const setUp = experimentSetUp(E1);
  const [first, ...others] = setUp.lab.arms;
  const changed = { ...setUp, lab: { ...setUp.lab, arms: others } };
  const link = writeLink({ setUp: changed, teacher: null });
  expect(readLink(link).setUp).toEqual(changed);
  expect(link.length).toBeLessThan(90);
  expect(first?.id).toBe('ca-dm');
});

describe('what is not understood is named, and the rest is kept', () => {
  test('a task that is not here', () => {
    const { setUp, teacher, lost } = readLink(
      linkOf({ task: 'own-cats', teacher: 'x', experiment: 'e1', prompts: [[1], [2]], noise: 7 }),
    );
    expect(lost).toEqual([expect.stringMatching(/“own-cats” is not here.*“Avatars”/)]);
    expect(setUp.lab).toEqual(experimentSetUp(E1).lab);
    expect([setUp.task, setUp.grid.seed, setUp.grid.prompts.length]).toEqual(['avatars', 7, 2]);
    expect(teacher).toBeNull();
  });

  test('an experiment that is not here', () => {
    const { setUp, lost } = readLink(linkOf({ experiment: 'e99', shared: { seed: 5 } }));
    expect(lost).toEqual(['There is no experiment called “e99”.']);
    expect(setUp).toEqual({ ...firstSetUp(), lab: { ...firstSetUp().lab, seed: 5 } });
  });

  test('an arm with a field of another version, and one with a name that is taken', () => {
    const { setUp, lost } = readLink(
      linkOf({
        experiment: 'e1',
        arms: [{ name: 'Old', config: {} }, { name: 'New', config: { spin: 1 } }, { id: 'arm-1' }],
      }),
    );
    expect(lost).toEqual([
      'Its arm “New” could not be used.',
      'Its arm “Arm 3” could not be used.',
    ]);
    expect(setUp.lab.arms.map(({ name }) => name)).toEqual(['Old']);
    expect(setUp.experiment).toBe('e1');
  });

  test('everything at once', () => {
    const { setUp, lost } = readLink(
      linkOf({
        ...{ task: 1, teacher: [], experiment: {}, shared: { batch: -1 }, arms: 'none' },
        ...{ evaluation: { every: 'x' }, noise: 2 ** 33, pictures: 0, prompts: [['a']], more: 1 },
      }),
    );
    expect(lost).toHaveLength(10);
    expect(lost.at(-1)).toBe('This page knows nothing of “more”.');
    expect(setUp).toEqual(firstSetUp());
  });

  test('prompts of another task', () => {
    const { setUp, lost } = readLink(linkOf({ prompts: [[99, 1]] }));
    expect(lost).toEqual(['Its prompts are none of “Avatars”.']);
    expect(setUp.grid.prompts).toEqual(firstSetUp().grid.prompts.slice(0, 1));
  });
});

describe('a link that is none is refused in words', () => {
  test.each([
    ['a later version', '2.AAAA', /version 2; this page reads version 1/],
    ['nothing', '', /damaged/],
    ['no version', 'AAAAAA', /damaged/],
    ['no data', '1.', /damaged/],
    ['a list', linkOf([1]), /damaged/],
    ['megabytes', `1.${'A'.repeat(2 ** 21)}`, /damaged/],
  ])('%s', (_, text, message) => {
    expect(() => readLink(text)).toThrow(LinkError);
    expect(() => readLink(text)).toThrow(message);
  });

  test('every beginning of a link, and every letter changed for every other', () => {
    const link = writeLink({ setUp: experimentSetUp(E1_FOUR_STEPS), teacher: 'mixture' });
    for (let end = 0; end < link.length; end++) {
      expect(() => readLink(link.slice(0, end)), `the first ${end}`).toThrow(LinkError);
    }
    for (let at = 0; at < link.length; at++) {
      for (const letter of 'ABCXYZabcxyz0123456789-_.%/+= ') {
        if (link[at] === letter) continue;
        const changed = link.slice(0, at) + letter + link.slice(at + 1);
        expect(() => readLink(changed), changed).toThrow(LinkError);
      }
    }
  });

  test('three thousand damaged copies of a long link: none is taken for whole', async () => {
    const link = writeLink({ setUp: randomSetUp(11), teacher: null });
    const bytes = new TextEncoder().encode(link);
    const read = (file: Uint8Array): void => {
      const text = new TextDecoder().decode(file);
      // Some edits put back what was there.
      if (text === link) throw new LinkError('unchanged');
      readLink(text);
    };
    await fuzz(bytes, read, LinkError, 3000, 5, 0);
  });
});

test('a link that would unpack to gigabytes stops at once', () => {
  // The second is as much as a link has room for.
  for (const size of [2 ** 15 + 1, 2 ** 22]) {
    const deflated = deflateSync(new Uint8Array(size).fill(32), { level: 9 });
    const digest = new Uint8Array(4);
    new DataView(digest.buffer).setUint32(0, digestOf(deflated));
    const letters = Array.from([...digest, ...deflated], (byte) => String.fromCharCode(byte));
    const text = btoa(letters.join('')).replaceAll('+', '-').replaceAll('/', '_');
    const begin = performance.now();
    expect(() => unpack(text.replaceAll('=', ''), DICTIONARY)).toThrow(
      new PackingError('more than it may hold'),
    );
    expect(performance.now() - begin).toBeLessThan(1500);
  }
});
