import type { Prompt } from '../promptSpace';
import type { JudgedAttribute } from '../task';
import { ATTRIBUTES, avatarPrompts, type AttributeName } from './attributes';

/** Classes of hair colours: the four browns are one, for the reason that the task gives. */
const HAIR_COLOUR_CLASSES = [0, 1, 2, 3, 1, 1, 1, 4, 5, 6, 7];

const given = (prompt: Prompt, name: AttributeName): number | undefined =>
  prompt[avatarPrompts.indexOf(name)];
/** A hat may cover short hair wholly, so that it looks as none. */
const bareHeaded = (prompt: Prompt): boolean => given(prompt, 'hat') === 0;
const hasHair = (prompt: Prompt): boolean =>
  given(prompt, 'hairLength') === 0 || given(prompt, 'hairLength') === 1;

const VISIBLE: Partial<Record<AttributeName, JudgedAttribute['visible']>> = {
  hairLength: bareHeaded,
  hairColor: (prompt) => bareHeaded(prompt) && hasHair(prompt),
};

/** The attributes in the order of the classifier's logits, with what is merged and what is hidden. */
export const JUDGED_AVATARS: readonly JudgedAttribute[] = ATTRIBUTES.map(({ name, values }) => ({
  attribute: name,
  classes: name === 'hairColor' ? Math.max(...HAIR_COLOUR_CLASSES) + 1 : values.length,
  classOf: (id) => (name === 'hairColor' ? (HAIR_COLOUR_CLASSES[id] ?? -1) : id),
  visible: VISIBLE[name] ?? (() => true),
}));
