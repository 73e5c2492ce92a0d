import { describe, expect, test } from 'vitest';
import { classifierLayout, logitCount } from '../../../src/models/classifier';
import { unflattenParameters } from '../../../src/models/parameters';
import {
  ATTRIBUTES,
  type AttributeName,
  avatarPrompts,
} from '../../../src/tasks/avatars/attributes';
import { type Prompt } from '../../../src/tasks/promptSpace';
import {
  classifierConfigOf,
  ClassifierError,
  classifierMetadata,
  parseClassifier,
} from '../../../src/tasks/classifierFile';
import { JUDGED_AVATARS } from '../../../src/tasks/avatars/judged';
import { avatars } from '../../support/avatars';
import { randomValues } from '../../support/random';

const config = classifierConfigOf(avatars);

const judged = (name: AttributeName) => {
  const found = JUDGED_AVATARS.find(({ attribute }) => attribute === name);
  if (!found) throw new Error(`${name} is not judged`);
  return found;
};

describe('what is judged', () => {
  test('all attributes, in order, every class by some value', () => {
    expect(JUDGED_AVATARS.map(({ attribute }) => attribute)).toEqual(
      ATTRIBUTES.map(({ name }) => name),
    );
    JUDGED_AVATARS.forEach(({ classes, classOf }, index) => {
      const used = new Set(ATTRIBUTES[index]?.values.map((_, id) => classOf(id)));
      expect([...used].sort((a, b) => a - b)).toEqual([...Array(classes).keys()]);
    });
    expect(logitCount(config)).toBe(8 + 8 + 3 + 8 + 2 + 3 + 12 + 2);
  });

  test('four browns of hair as one class', () => {
    const { classOf } = judged('hairColor');
    const idOf = (name: string): number =>
      ATTRIBUTES[avatarPrompts.indexOf('hairColor')]?.values.findIndex(
        (one) => one.name === name,
      ) ?? -1;
    const classes = ['brown', 'mahogany', 'chestnut', 'auburn'].map((name) => classOf(idOf(name)));
    expect(new Set(classes).size).toBe(1);
    const others = ['blond', 'light brown', 'dark blond', 'black', 'blue', 'red', 'green'];
    expect(new Set(others.map((name) => classOf(idOf(name)))).size).toBe(7);
    expect(others.map((name) => classOf(idOf(name)))).not.toContain(classes[0]);
  });

  test('hair only where a prompt says that it can be seen', () => {
    const prompt = (changes: Partial<Record<AttributeName, number>>): Prompt =>
      ATTRIBUTES.map(({ name }) => changes[name] ?? 0);
    const any = (name: AttributeName): number =>
      avatarPrompts.nullPrompt[avatarPrompts.indexOf(name)] ?? NaN;
    for (const [changes, length, colour] of [
      [{}, true, true],
      [{ hairLength: 1 }, true, true],
      [{ hairLength: 2 }, true, false],
      [{ hat: 1 }, false, false],
      [{ hat: 1, hairLength: 2 }, false, false],
      [{ hat: any('hat') }, false, false],
      [{ hairLength: any('hairLength') }, true, false],
    ] as const) {
      expect(judged('hairLength').visible(prompt(changes)), JSON.stringify(changes)).toBe(length);
      expect(judged('hairColor').visible(prompt(changes)), JSON.stringify(changes)).toBe(colour);
    }
    for (const { attribute, visible } of JUDGED_AVATARS) {
      if (attribute === 'hairLength' || attribute === 'hairColor') continue;
      expect(visible(avatarPrompts.nullPrompt), attribute).toBe(true);
    }
  });
});

describe('the contents of a file', () => {
  const accuracy = Object.fromEntries(ATTRIBUTES.map(({ name }) => [name, 0.5])) as Record<
    AttributeName,
    number
  >;
  const metadata = classifierMetadata(avatars, { config, accuracy });
  const layout = classifierLayout(config);
  const flat = Float32Array.from(randomValues(layout.size, 1));
  const tensors = () => unflattenParameters(layout, flat);

  test('are read back', () => {
    const file = parseClassifier(avatars, { metadata, tensors: tensors() });
    expect(file.config).toEqual(config);
    expect(file.accuracy).toEqual(accuracy);
    for (const { offset, shape } of layout.entries.values()) {
      const end = offset + shape.reduce((product, size) => product * size, 1);
      expect(file.flat.slice(offset, end)).toEqual(flat.slice(offset, end));
    }
  });

  test('are refused when they do not fit, with what to do', () => {
    const changed = (change: object) => JSON.stringify({ ...config, ...change });
    for (const [change, message] of [
      [{ config: undefined }, 'its metadata lacks config'],
      [{ config: '{' }, 'config of its metadata is not JSON'],
      [{ config: changed({ hidden: -1 }) }, 'config'],
      [{ config: changed({ values: 3072 }) }, 'images of 3072 values, this task has 768'],
      [{ config: changed({ classes: { hat: 2 } }) }, 'other attributes'],
      [{ config: changed({ hidden: 8 }) }, 'hidden.weight has shape [256, 768]'],
      [{ classOfValue: '{}' }, 'merges others'],
      [{ accuracy: '{"hat":2}' }, 'accuracy'],
    ] as const) {
      const edited = { ...metadata, ...change } as Record<string, string>;
      if ('config' in change && change.config === undefined) delete edited['config'];
      const parse = () => parseClassifier(avatars, { metadata: edited, tensors: tensors() });
      expect(parse, message).toThrow(ClassifierError);
      expect(parse).toThrow(message);
      expect(parse).toThrow('npm run classifier');
    }
  });

  test('are refused when a tensor is missing or not finite', () => {
    const missing = tensors();
    missing.delete('head.bias');
    expect(() => parseClassifier(avatars, { metadata, tensors: missing })).toThrow(
      'lacks the tensor head.bias',
    );
    const infinite = tensors();
    infinite.get('head.bias')?.data.set([Infinity]);
    expect(() => parseClassifier(avatars, { metadata, tensors: infinite })).toThrow(
      ClassifierError,
    );
  });
});
