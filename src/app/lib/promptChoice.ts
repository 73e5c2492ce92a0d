import type { Attribute, Prompt } from '../../tasks/promptSpace';
import type { ImageTask } from '../../tasks/task';

/** What somebody wants an attribute to be, in the order of the attributes: an id, or null: as drawn. */
export type PromptChoice = readonly (number | null)[];

/** Nothing is wanted. */
export const NO_CHOICE: PromptChoice = [];

/** `choice` with one attribute changed. */
export const withChoice = (
  choice: PromptChoice,
  attribute: number,
  id: number | null,
): PromptChoice => {
  const length = Math.max(choice.length, attribute + 1);
  return Array.from({ length }, (_, at) => (at === attribute ? id : (choice[at] ?? null)));
};

/** Whether nothing is wanted. */
export const isEmpty = (choice: PromptChoice): boolean => choice.every((id) => id === null);

/** A drawn prompt after the choices made for it; the first that wants an attribute decides. */
export const chosenPrompt = (drawn: Prompt, ...choices: readonly PromptChoice[]): Prompt =>
  drawn.map((id, at) => choices.find((choice) => (choice[at] ?? null) !== null)?.[at] ?? id);

/** The name of an attribute's id. */
export const idInWords = ({ values }: Attribute, id: number): string => values[id]?.name ?? 'any';

/** What is wanted of all pictures, as in "All: sunglasses; hat open; the rest as drawn." */
export const choiceInWords = (
  { prompts, toWords }: Pick<ImageTask, 'prompts' | 'toWords'>,
  choice: PromptChoice,
): string => {
  if (isEmpty(choice)) return 'Every attribute as it was drawn.';
  const { attributes, nullPrompt } = prompts;
  const fixed = chosenPrompt(nullPrompt, choice);
  const open = attributes.filter((_, at) => choice[at] === nullPrompt[at]);
  const parts = [
    ...(fixed.some((id, at) => id !== nullPrompt[at]) ? [toWords(fixed)] : []),
    ...(open.length > 0 ? [`${open.map(({ title }) => title.toLowerCase()).join(', ')} open`] : []),
    ...(choice.filter((id) => id !== null).length < attributes.length ? ['the rest as drawn'] : []),
  ];
  return `All: ${parts.join('; ')}.`;
};
