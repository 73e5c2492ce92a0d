import { create } from 'zustand';
import type { GridSource } from '../../lab/lab';
import type { Prompt } from '../../tasks/promptSpace';
import { chosenPrompt, NO_CHOICE, type PromptChoice } from '../lib/promptChoice';
import { forgetFrames } from './timeline';

/** One grid's newest pictures. */
export interface Pictures {
  /** Shape (n, 3, height, width), RGB in [-1, 1] and beyond. */
  readonly images: Float32Array<ArrayBuffer>;
  readonly shape: readonly [number, number, number, number];
  readonly iteration: number;
  /** Mean over the pictures of each one's unbiased variance. */
  readonly variance: number;
  /** Places of pictures that there are none of; absent: all are there. */
  readonly missing?: readonly number[];
}

/** What prompts and noise of the grids are made of. */
interface Order {
  /** Seed of the noise that all grids start from. */
  readonly seed: number;
  /** A prompt a picture, before anybody chose. */
  readonly drawn: readonly Prompt[];
  /** What is wanted of all pictures. */
  readonly pinned: PromptChoice;
  /** What is wanted of one picture, by its place in the grid; it goes before what all are to be. */
  readonly own: ReadonlyMap<number, PromptChoice>;
}

export interface SamplesSlice extends Order {
  /** One array of attribute ids a picture: what is drawn, after all choices. */
  readonly prompts: readonly Prompt[];
  /** Counts changes of prompts and noise, so that pictures of earlier ones are known. */
  readonly orderId: number;
  readonly grids: ReadonlyMap<GridSource, Pictures>;
  /** Grids whose pictures belong to an earlier run or to earlier noise and prompts. */
  readonly stale: ReadonlySet<GridSource>;
  /** The picture pointed at, by its place in the grid. */
  readonly pointed: number | null;
}

const NOTHING_SHOWN = { grids: new Map(), stale: new Set<GridSource>(), pointed: null } as const;

export const useSamples = create<SamplesSlice>()(() => ({
  seed: 1,
  drawn: [],
  pinned: NO_CHOICE,
  own: new Map(),
  prompts: [],
  orderId: 0,
  ...NOTHING_SHOWN,
}));

/** Changes prompts or noise; the grids' past was of others. */
export const changeOrder = (part: Partial<Order>): void => {
  useSamples.setState((samples) => {
    const { seed, drawn, pinned, own } = { ...samples, ...part };
    const prompts = drawn.map((prompt, place) =>
      chosenPrompt(prompt, own.get(place) ?? NO_CHOICE, pinned),
    );
    return { seed, drawn, pinned, own, prompts, orderId: samples.orderId + 1 };
  });
  forgetFrames();
};

/** Takes prompts and noise as they are given, with no choices and no pictures. */
export const beginOrder = (order: Pick<Order, 'seed' | 'drawn'>): void => {
  changeOrder({ ...order, pinned: NO_CHOICE, own: new Map() });
  clearGrids();
};

/** Takes all pictures off the page. */
export const clearGrids = (): void => useSamples.setState(NOTHING_SHOWN);

/** Marks all grids as belonging to the past; their pictures stay until new ones come. */
export const markStale = (): void => {
  useSamples.setState(({ grids }) => ({ stale: new Set(grids.keys()) }));
};

/** Shows a grid's new pictures. */
export const showPictures = (source: GridSource, pictures: Pictures): void => {
  useSamples.setState(({ grids, stale }) => ({
    grids: new Map([...grids, [source, pictures]]),
    stale: new Set([...stale].filter((other) => other !== source)),
  }));
};
