import { PhiloxStream } from '../../graph/philox';
import type { Prompt } from '../promptSpace';
import type { FetchAsset, LabelledImages, Split, TaskImages, TaskRandom } from '../task';
import { ATLAS_PATH, CHANNELS, pixelAt, readAtlas } from './atlas';
import { BACKGROUNDS, EMOJI_SIZE } from './attributes';
import { PLACES } from './catalogue';
import { choose, chooseFor, promptOf, type Choice } from './choice';

const PLANE = EMOJI_SIZE * EMOJI_SIZE;
const COLOURS = CHANNELS - 1;

/** Random streams of the images, apart from those of training, which a user may give one seed. */
const STREAMS: Readonly<Record<Split, number>> = { training: 0x656d6f74, heldOut: 0x656d6f68 };

/** Red, green and blue bytes of each background. */
const BACKGROUND_BYTES = BACKGROUNDS.map(({ hex }) =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)),
);

/** alpha of 0..255: the nearest byte to (alpha over + (255 - alpha) under) / 255. */
const blend = (over: number, under: number, alpha: number): number =>
  Math.floor((2 * (over * alpha + under * (255 - alpha)) + 255) / 510);

/** Draws emoji on plain backgrounds from the pixels of an atlas. */
export class EmojiImages implements TaskImages {
  readonly #atlas: Uint8Array;

  /** `atlas` as `readAtlas` gives it. */
  constructor(atlas: Uint8Array) {
    this.#atlas = atlas;
  }

  draw(seed: number, count: number, split: Split): LabelledImages {
    const images = new Float32Array(count * COLOURS * PLANE);
    const prompts: Prompt[] = [];
    for (let index = 0; index < count; index++) {
      const choice = choose(new PhiloxStream(seed, STREAMS[split], index), split);
      this.#paint(images, index * COLOURS * PLANE, choice);
      prompts.push(promptOf(choice));
    }
    return { images, prompts };
  }

  matching(prompt: Prompt, random: TaskRandom): Float32Array<ArrayBuffer> | null {
    const choice = chooseFor(prompt, random);
    if (!choice) return null;
    const image = new Float32Array(COLOURS * PLANE);
    this.#paint(image, 0, choice);
    return image;
  }

  /** Writes the planes of one image, values in [-1, 1], from `start` on. */
  #paint(images: Float32Array, start: number, { cell, background }: Choice): void {
    const under = BACKGROUND_BYTES[background] ?? [];
    for (let at = 0; at < PLANE; at++) {
      const from = pixelAt(cell.place, at % EMOJI_SIZE, Math.floor(at / EMOJI_SIZE));
      const alpha = this.#atlas[from + COLOURS] ?? 0;
      for (let channel = 0; channel < COLOURS; channel++) {
        const byte = blend(this.#atlas[from + channel] ?? 0, under[channel] ?? 0, alpha);
        images[start + channel * PLANE + at] = byte / 127.5 - 1;
      }
    }
  }
}

/**
 * A function that fetches the atlas once and keeps what it made of it; after a failure the next call
 * tries again. It rejects as the fetch does, and with AtlasError for a file that is no atlas.
 */
export const imagesOpener = (): ((fetchAsset: FetchAsset) => Promise<TaskImages>) => {
  let opening: Promise<TaskImages> | undefined;
  return (fetchAsset) => {
    if (!opening) {
      opening = fetchAsset(ATLAS_PATH).then((file) => new EmojiImages(readAtlas(file, PLACES)));
      opening.catch(() => (opening = undefined));
    }
    return opening;
  };
};
