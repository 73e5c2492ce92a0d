import { describe, expect, test } from 'vitest';
import {
  CheckpointError,
  flattenParameters,
  layoutParameters,
  ParameterRow,
  ParameterSet,
  unflattenParameters,
} from '../../../src/models/parameters';
import { bindable } from '../../../src/graph/plan/generate';
import { elementCount } from '../../../src/graph/shape';
import { ditLayout } from '../../../src/models/dit/parameters';
import { randomValues } from '../../support/random';
import { TINY } from '../../support/tinyTeacher';

const layout = layoutParameters([
  { name: 'a', shape: [3, 5] },
  {
    group: 'stack',
    members: [
      { name: 'stack.0', shape: [2, 7] },
      { name: 'stack.1', shape: [4, 7] },
    ],
  },
  { name: 'b', shape: [65] },
]);

const checkpoint = () =>
  new Map(
    [...layout.entries].map(([name, { shape }], index) => [
      name,
      { shape, data: randomValues(elementCount(shape), index) },
    ]),
  );

describe('networks end to end', () => {
  const row = new ParameterRow(['real', 'fake', 'third'], layout);

  test('are windows of one variable, on 256 bytes', () => {
    expect(row.flat.shape).toEqual([3 * layout.size]);
    expect(row.network('real').flat).toMatchObject({
      name: 'real',
      window: { of: row.flat, offset: 0 },
    });
    const fake = row.network('fake');
    expect(fake.flat.window).toEqual({ of: row.flat, offset: layout.size });
    expect(row.network('third').flat.window).toEqual({ of: row.flat, offset: 2 * layout.size });
    const b = fake.window('b');
    expect(bindable(b)).toMatchObject({ shift: 0 });
    expect(b.window).toEqual({ of: fake.flat, offset: 128 });
  });

  test('give each part of a batch a weight, and refuse names that none has', () => {
    const weights = row.serving([3, 3, 1]);
    expect(weights.tensor('a').shape).toEqual([7, 3, 5]);
    expect(weights.tensor('stack').shape).toEqual([7, 6, 7]);
    expect(weights.tensor('a')).toBe(weights.tensor('a'));
    expect(() => weights.tensor('c')).toThrow(/has no parameter c/);
  });

  test('refuse counts that are not theirs, and names that are not or are twice', () => {
    expect(() => row.serving([1, 1])).toThrow('2 counts are given for 3 networks.');
    expect(() => new ParameterRow<string>(['a', 'b'], layout).network('c')).toThrow(/no network c/);
    expect(() => new ParameterRow(['a', 'a'], layout)).toThrow(RangeError);
  });
});

describe('layout', () => {
  test('tensors and groups begin on 64 elements, members of a group lie end to end', () => {
    expect(layout.entries.get('a')).toEqual({ shape: [3, 5], offset: 0 });
    expect(layout.groups.get('stack')).toEqual({ shape: [6, 7], offset: 64 });
    expect(layout.entries.get('stack.1')).toEqual({ shape: [4, 7], offset: 64 + 14 });
    expect(layout.entries.get('b')?.offset).toBe(128);
    expect(layout.count).toBe(15 + 42 + 65);
    expect(layout.size).toBe(256);
  });

  test('what is trained covers every parameter of a DiT once', () => {
    const dit = ditLayout(TINY);
    const set = new ParameterSet('net', dit);
    const covered = new Array<number>(dit.size).fill(0);
    for (const name of set.trainable()) {
      const { shape, window } = set.window(name);
      const begin = window?.offset ?? 0;
      for (let i = begin; i < begin + elementCount(shape); i++) covered[i] = (covered[i] ?? 0) + 1;
    }
    expect(Math.max(...covered)).toBe(1);
    expect(covered.filter((times) => times === 1)).toHaveLength(dit.count);
  });

  test('one parameter is one leaf of the graph, and unknown names are refused', () => {
    const set = new ParameterSet('net', layout);
    expect(set.tensor('a')).toBe(set.tensor('a'));
    expect(() => set.tensor('c')).toThrow('net has no parameter c.');
  });
});

describe('checkpoints', () => {
  test('come back as they went in, and padding stays zero', () => {
    const tensors = checkpoint();
    const flat = flattenParameters(layout, tensors);
    expect(unflattenParameters(layout, flat)).toEqual(tensors);
    expect([...flat.slice(15, 64)]).toEqual(new Array<number>(49).fill(0));
    expect([...flat.slice(78, 106)]).toEqual([...(tensors.get('stack.1')?.data ?? [])]);
  });

  test('may carry a prefix and tensors of others', () => {
    const prefixed = new Map([...checkpoint()].map(([name, value]) => [`student.${name}`, value]));
    expect(flattenParameters(layout, prefixed, 'student.')).toEqual(
      flattenParameters(layout, checkpoint()),
    );
  });

  const broken: [string, (tensors: ReturnType<typeof checkpoint>) => void, string][] = [
    ['a missing tensor', (t) => t.delete('stack.1'), 'lacks the tensor stack.1'],
    [
      'another shape',
      (t) => t.set('a', { shape: [5, 3], data: randomValues(15, 1) }),
      'a has shape [5, 3], the network needs [3, 5]',
    ],
    ['NaN', (t) => t.get('b')?.data.set([NaN], 64), 'b holds values that are not finite'],
    ['infinity', (t) => t.get('a')?.data.set([-Infinity]), 'a holds values that are not finite'],
  ];
  for (const [name, damage, message] of broken) {
    test(`with ${name} are refused, naming the tensor`, () => {
      const tensors = checkpoint();
      damage(tensors);
      expect(() => flattenParameters(layout, tensors)).toThrow(CheckpointError);
      expect(() => flattenParameters(layout, tensors)).toThrow(message);
    });
  }
});
