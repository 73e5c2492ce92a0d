import type { PhiloxStream } from '../graph/philox';
import type { Prompt, PromptSpace } from './promptSpace';

/** What drawing needs of a random stream. */
export type TaskRandom = Pick<PhiloxStream, 'uniform' | 'integer'>;

/** Images with the prompts that describe them, all attributes given. */
export interface LabelledImages {
  /** (count, 3, size, size), values in [-1, 1]. */
  readonly images: Float32Array<ArrayBuffer>;
  readonly prompts: readonly Prompt[];
}

/** Images to learn from, or such that no network was trained on. */
export type Split = 'training' | 'heldOut';

/** The real images of a task. */
export interface TaskImages {
  /**
   * `count` images with the distribution of the teacher's data. Image i depends on `seed`, an
   * unsigned 32-bit integer, on the split and on i alone: the same bytes on every machine, and
   * asking for more does not change the first. Where images are endless, splits are one: seeds keep
   * them apart, so measure with another than was trained with.
   *
   * @throws {RangeError} for another seed.
   */
  draw(seed: number, count: number, split: Split): LabelledImages;
  /**
   * One image that shows `prompt`, (3, size, size): what the prompt leaves open is chosen by `random`.
   * Null where there is no such image.
   */
  matching(prompt: Prompt, random: TaskRandom): Float32Array<ArrayBuffer> | null;
}

/** One attribute as the task's classifier judges it. */
export interface JudgedAttribute {
  readonly attribute: string;
  /** Logits of this attribute. */
  readonly classes: number;
  /** Class of a value's id; values that cannot be told apart share one. */
  readonly classOf: (id: number) => number;
  /** Whether every picture of this prompt shows the attribute; where not, it is not scored. */
  readonly visible: (prompt: Prompt) => boolean;
}

/** What was understood of a text. */
export interface ReadPrompt {
  readonly prompt: Prompt;
  /** Words without a meaning here, lower case, each once, in order; to tell the user. */
  readonly unknown: readonly string[];
}

/** Who made what a task's images are drawn from. */
export interface Credit {
  readonly title: string;
  readonly author: string;
  /** SPDX expression. */
  readonly licence: string;
  readonly url: string;
}

/** Bytes of a file of the site, by its path from the site's root: `tasks/emoji.png`. */
export type FetchAsset = (path: string) => Promise<ArrayBuffer>;

/**
 * An image task: all that engine, lab and page know of what is drawn. A new one is a folder and a
 * line in `registry.ts`; nothing else changes. Visitors' own are made from data (`own/task.ts`).
 */
export interface ImageTask {
  /** In links, records and teachers' files; never changes once published. */
  readonly id: string;
  /** For people. */
  readonly title: string;
  /** One sentence: what is drawn, and what prompts say. */
  readonly summary: string;
  /** Whether the teacher needs guidance here (the paper's simple and complex tasks), a sentence. */
  readonly difficulty: string;
  readonly credits: readonly Credit[];
  /** What the real images are and how they are distributed, in sentences; for cards. */
  readonly data: string;
  /** Edge of an image in pixels. */
  readonly size: number;
  readonly prompts: PromptSpace;
  /** `count` prompts with the distribution of the data, all attributes given. */
  readonly samplePrompts: (random: TaskRandom, count: number) => Prompt[];
  /** A prompt in plain words; what is open is not mentioned. Throws PromptError. */
  readonly toWords: (prompt: Prompt) => string;
  /** Reads plain words tolerantly; never throws. Gives back what `toWords` said. */
  readonly fromWords: (text: string) => ReadPrompt;
  /** The attributes in the order of the classifier's logits, with what is merged and hidden. */
  readonly judged: readonly JudgedAttribute[];
  /** Why values are merged and attributes not scored, a sentence each; for the classifier's card. */
  readonly judging: readonly string[];
  /** Path of the classifier from the site's root; null: nobody judges what is drawn. */
  readonly classifier: string | null;
  /**
   * Gets ready to draw; what has to be fetched is fetched once. Null: there are no real images, only
   * teachers.
   */
  readonly openImages: ((fetchAsset: FetchAsset) => Promise<TaskImages>) | null;
}

/** A task whose images, where it has any, are ready to be drawn. */
export interface OpenTask extends ImageTask {
  readonly images: TaskImages | null;
}

/** Real images were asked for of a task that has none. */
export class NoImagesError extends Error {
  override readonly name = 'NoImagesError';

  constructor({ title }: Pick<ImageTask, 'title'>) {
    super(`“${title}” has no real images to learn from or to compare with.`);
  }
}

/** Opens a task. Throws what its `openImages` throws. */
export const openTask = async (task: ImageTask, fetchAsset: FetchAsset): Promise<OpenTask> => ({
  ...task,
  images: task.openImages && (await task.openImages(fetchAsset)),
});

/** Opens the images of a task that must have some. Throws NoImagesError, and as `openTask`. */
export const openImages = async (task: ImageTask, fetchAsset: FetchAsset): Promise<TaskImages> => {
  if (task.openImages) return task.openImages(fetchAsset);
  throw new NoImagesError(task);
};

/** The images of a task that must have some. Throws NoImagesError. */
export const imagesOf = (task: OpenTask): TaskImages => {
  if (task.images) return task.images;
  throw new NoImagesError(task);
};
