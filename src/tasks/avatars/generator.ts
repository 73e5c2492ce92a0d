import { createAvatar } from '@dicebear/core';
import * as pixelArt from '@dicebear/pixel-art';
import { z } from 'zod';
import { PhiloxStream } from '../../graph/philox';
import { PromptError, type Prompt } from '../promptSpace';
import type { LabelledImages, TaskImages, TaskRandom } from '../task';
import { avatarPrompts, type AttributeName } from './attributes';
import { drawSvg } from './pixels';
import { sampleAvatarPrompts } from './prompts';
import { AVATAR_SIZE, AVATAR_VALUES } from './size';

/** What drawing needs of a random stream. */
export type AvatarRandom = Pick<PhiloxStream, 'integer'>;

/** Random stream of the avatars: apart from those of training, which a user may give one seed. */
const AVATAR_STREAM = 0x61766174;
/** DiceBear's own seed. Every choice is made before it is asked, so it chooses nothing. */
const STYLE_SEED = 'spear and shield';

const styleSchema = z.object({
  properties: z.record(
    z.string(),
    z.object({
      default: z.unknown(),
      items: z.object({ enum: z.array(z.string()).optional() }).optional(),
    }),
  ),
});
const style = styleSchema.parse(pixelArt.schema).properties;

/** Names of a component's variants that begin with one of `prefixes`, in the style's order. */
const variants = (component: string, ...prefixes: string[]): readonly string[] =>
  (style[component]?.items?.enum ?? []).filter((name) =>
    prefixes.some((prefix) => name.startsWith(prefix)),
  );
const styleColours = (component: string): readonly string[] =>
  z.array(z.string()).parse(style[`${component}Color`]?.default);

/** What each id of an attribute may look like; the stream chooses within. */
const HAIR = [variants('hair', 'short'), variants('hair', 'long'), []] as const;
const GLASSES = [[], variants('glasses', 'light'), variants('glasses', 'dark')] as const;
const MOUTH = [variants('mouth', 'happy'), variants('mouth', 'sad')] as const;
/** What no attribute says. */
const OPEN = {
  clothing: variants('clothing', ''),
  eyes: variants('eyes', ''),
  hat: variants('hat', ''),
  eyesColor: styleColours('eyes'),
  glassesColor: styleColours('glasses'),
  hatColor: styleColours('hat'),
  mouthColor: styleColours('mouth'),
} as const;

/**
 * The SVG of an avatar of DiceBear "Pixel Art" that shows `prompt`. What the prompt leaves open
 * within its values (which of the short haircuts, the eyes, ...) is drawn from `random`, always the
 * same number of draws, so that two prompts from equal streams differ in what they say alone.
 *
 * @throws {PromptError} unless all eight attributes are given.
 */
export function avatarSvg(prompt: Prompt, random: AvatarRandom): string {
  avatarPrompts.check(prompt);
  if (prompt.some((id, index) => id === avatarPrompts.anyId(index))) {
    throw new PromptError(`[${prompt.join(', ')}] leaves attributes open; an avatar needs all`);
  }
  const id = (name: AttributeName): number => prompt[avatarPrompts.indexOf(name)] ?? 0;
  const one = (choices: readonly string[] = []): string[] => {
    const index = random.integer(Math.max(choices.length, 1));
    return choices.slice(index, index + 1);
  };
  const options = {
    seed: STYLE_SEED,
    // No mask around the picture: nothing is drawn beyond it.
    clip: false,
    backgroundColor: [colourOf('background', id('background'))],
    skinColor: [colourOf('skin', id('skin'))],
    hair: one(HAIR[id('hairLength')]),
    hairColor: [colourOf('hairColor', id('hairColor'))],
    hat: one(OPEN.hat),
    hatColor: one(OPEN.hatColor),
    hatProbability: 100 * id('hat'),
    glasses: one(GLASSES[id('glasses')]),
    glassesColor: one(OPEN.glassesColor),
    glassesProbability: id('glasses') === 0 ? 0 : 100,
    clothing: one(OPEN.clothing),
    clothingColor: [colourOf('clothing', id('clothing'))],
    eyes: one(OPEN.eyes),
    eyesColor: one(OPEN.eyesColor),
    mouth: one(MOUTH[id('mouth')]),
    mouthColor: one(OPEN.mouthColor),
    beardProbability: 0,
    accessoriesProbability: 0,
  };
  // The style's own types list its variants by name; ours are read from its schema.
  return createAvatar(pixelArt, options as pixelArt.Options).toString();
}

/**
 * One avatar, (3, 16, 16) with values in [-1, 1]: the same bytes on every machine. Arguments and
 * errors as `avatarSvg`.
 */
export function drawAvatar(prompt: Prompt, random: AvatarRandom): Float32Array<ArrayBuffer> {
  return Float32Array.from(
    drawSvg(avatarSvg(prompt, random), AVATAR_SIZE),
    (byte) => byte / 127.5 - 1,
  );
}

/**
 * `count` avatars with the distribution of the teacher's data. Avatar i depends on `seed`, an
 * unsigned 32-bit integer, and i alone: asking for more does not change the first.
 *
 * @throws {RangeError} for another seed.
 */
export function realAvatars(seed: number, count: number): LabelledImages {
  const images = new Float32Array(count * AVATAR_VALUES);
  const prompts: Prompt[] = [];
  for (let index = 0; index < count; index++) {
    const random: TaskRandom = new PhiloxStream(seed, AVATAR_STREAM, index);
    const [prompt = []] = sampleAvatarPrompts(random, 1);
    images.set(drawAvatar(prompt, random), index * AVATAR_VALUES);
    prompts.push(prompt);
  }
  return { images, prompts };
}

/** An avatar of this prompt; what it leaves open is drawn with the distribution of the data. */
const matchingAvatar = (prompt: Prompt, random: TaskRandom): Float32Array<ArrayBuffer> => {
  const [drawn = []] = sampleAvatarPrompts(random, 1);
  const whole = avatarPrompts
    .check(prompt)
    .map((id, index) => (id === avatarPrompts.anyId(index) ? (drawn[index] ?? 0) : id));
  return drawAvatar(whole, random);
};

/** All avatars: every prompt has some. */
export const avatarImages: TaskImages = { draw: realAvatars, matching: matchingAvatar };

/** A colour as DiceBear takes it: six digits. */
function colourOf(name: AttributeName, id: number): string {
  const hex = avatarPrompts.attributes[avatarPrompts.indexOf(name)]?.values[id]?.hex;
  if (hex === undefined) throw new PromptError(`${name} ${id} has no colour`);
  return hex.slice(1);
}
