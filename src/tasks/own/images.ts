import { PhiloxStream } from '../../graph/philox';
import type { Prompt } from '../promptSpace';
import type { LabelledImages, Split, TaskImages, TaskRandom } from '../task';

/** A visitor's pictures. */
export interface OwnPictures {
  /** Edge in pixels. */
  readonly size: number;
  /** (count, 3, size, size), a byte a value. */
  readonly pixels: Uint8Array;
  /** One a picture. */
  readonly prompts: readonly Prompt[];
}

/** One picture in so many is held out. */
const HELD_OUT_ONE_IN = 10;
/** The same split for everyone who has the same pictures in the same order. */
const SPLIT_SEED = 1;

/** Random streams of the images, apart from those of training, which a user may give one seed. */
const STREAMS: Readonly<Record<Split, number>> = { training: 0x6f776e74, heldOut: 0x6f776e68 };
const SPLIT_STREAM = 0x6f776e73;

/** A shuffle of these places. */
const shuffled = (places: readonly number[], random: PhiloxStream): number[] => {
  const order = [...places];
  for (let left = order.length - 1; left > 0; left--) {
    const other = random.integer(left + 1);
    [order[left], order[other]] = [order[other] ?? 0, order[left] ?? 0];
  }
  return order;
};

/**
 * Places of `count` pictures by split: a tenth, at least one, is held out, chosen by a shuffle of a
 * fixed seed.
 */
export const splitPictures = (count: number): Readonly<Record<Split, readonly number[]>> => {
  const order = shuffled([...Array(count).keys()], new PhiloxStream(SPLIT_SEED, SPLIT_STREAM, 0));
  const heldOut = Math.max(1, Math.floor(count / HELD_OUT_ONE_IN));
  return { heldOut: order.slice(0, heldOut), training: order.slice(heldOut) };
};

/** Draws a visitor's pictures in a shuffled order, all of them, then all in another order. */
export class OwnImages implements TaskImages {
  readonly #pictures: OwnPictures;
  readonly #open: Prompt;
  readonly #split: Readonly<Record<Split, readonly number[]>>;

  /** At least two pictures; `open`: the prompt that says nothing. */
  constructor(pictures: OwnPictures, open: Prompt) {
    this.#pictures = pictures;
    this.#open = open;
    this.#split = splitPictures(pictures.prompts.length);
  }

  draw(seed: number, count: number, split: Split): LabelledImages {
    const { size, prompts } = this.#pictures;
    const values = 3 * size * size;
    const places = this.#split[split];
    const images = new Float32Array(count * values);
    const shown: Prompt[] = [];
    let order: readonly number[] = [];
    for (let index = 0; index < count; index++) {
      const turn = index % places.length;
      const round = Math.floor(index / places.length);
      if (turn === 0) order = shuffled(places, new PhiloxStream(seed, STREAMS[split], round));
      const place = order[turn] ?? 0;
      images.set(this.#imageAt(place), index * values);
      shown.push(prompts[place] ?? []);
    }
    return { images, prompts: shown };
  }

  matching(prompt: Prompt, random: TaskRandom): Float32Array<ArrayBuffer> | null {
    const places = this.#pictures.prompts.flatMap((shown, place) =>
      prompt.every((id, at) => id === shown[at] || id === this.#open[at]) ? [place] : [],
    );
    const place = places.length === 0 ? undefined : places[random.integer(places.length)];
    return place === undefined ? null : this.#imageAt(place);
  }

  #imageAt(place: number): Float32Array<ArrayBuffer> {
    const { size, pixels } = this.#pictures;
    const values = 3 * size * size;
    const bytes = pixels.subarray(place * values, (place + 1) * values);
    return Float32Array.from(bytes, (byte) => byte / 127.5 - 1);
  }
}
