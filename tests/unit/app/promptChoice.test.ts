import { describe, expect, test } from 'vitest';
import {
  choiceInWords,
  chosenPrompt,
  isEmpty,
  NO_CHOICE,
  withChoice,
} from '../../../src/app/lib/promptChoice';
import { avatarTask } from '../../../src/tasks/avatars/task';
import { PromptSpace } from '../../../src/tasks/promptSpace';

test('what is wanted of one picture goes before what is wanted of all, that before the draw', () => {
  const all = withChoice(withChoice(NO_CHOICE, 2, 7), 0, 1);
  expect(all).toEqual([1, null, 7]);
  const own = withChoice(NO_CHOICE, 0, 3);
  expect(chosenPrompt([9, 9, 9, 9], own, all)).toEqual([3, 9, 7, 9]);
  expect(chosenPrompt([9, 9, 9, 9], NO_CHOICE, NO_CHOICE)).toEqual([9, 9, 9, 9]);
});

test('a choice taken back leaves nothing', () => {
  const choice = withChoice(NO_CHOICE, 1, 0);
  expect([isEmpty(NO_CHOICE), isEmpty(choice), isEmpty(withChoice(choice, 1, null))]).toEqual([
    ...[true, false, true],
  ]);
});

describe('in words', () => {
  const at = (name: string) => avatarTask.prompts.indexOf(name);
  test('values, open attributes, and the rest', () => {
    expect(choiceInWords(avatarTask, NO_CHOICE)).toBe('Every attribute as it was drawn.');
    const glasses = withChoice(NO_CHOICE, at('glasses'), 2);
    expect(choiceInWords(avatarTask, glasses)).toBe('All: sunglasses; the rest as drawn.');
    const open = withChoice(glasses, at('hat'), avatarTask.prompts.anyId(at('hat')));
    expect(choiceInWords(avatarTask, open)).toBe('All: sunglasses; hat open; the rest as drawn.');
  });

  test('of a task with as many attributes as there may be, all chosen', () => {
    const attributes = Array.from({ length: 64 }, (_, index) => ({
      name: `a${index}`,
      title: `A${index}`,
      values: [{ name: 'low' }, { name: 'high' }],
    }));
    const prompts = new PromptSpace(attributes);
    const all = attributes.map(() => 1);
    const toWords = (prompt: readonly number[]) => `${prompt.length} given`;
    expect(choiceInWords({ prompts, toWords }, all)).toBe('All: 64 given.');
    expect(chosenPrompt(prompts.nullPrompt, all)).toEqual(all);
  });
});
