import { create } from 'zustand';
import type { TeacherFigures } from '../../training/figures';
import type { LossRow } from '../../training/lossLog';
import type { TeacherRecipe } from '../../training/recipe';
import type { AdapterSummary, Explanation } from '../../worker/protocol/reports';
import type { TeacherReport, TeacherStage, TeacherState } from '../../worker/teacher/protocol';
import type { Pictures } from '../state/samples';
import { SIZES, type SizeId, type Sizes } from './sizes';

type Report<Type extends TeacherReport['type']> = Extract<TeacherReport, { type: Type }>;

/** Everything that the page shows of a teacher in training. */
export interface TeacherSlice {
  readonly open: boolean;
  /** Which of the sizes was chosen, and the numbers. */
  readonly size: SizeId;
  readonly sizes: Sizes;
  readonly state: TeacherState;
  readonly progress: {
    readonly stage: TeacherStage;
    readonly done: number;
    readonly total: number;
  } | null;
  readonly adapter: AdapterSummary | null;
  /** What is kept in this browser, in words. */
  readonly kept: { readonly training: string | null; readonly own: string | null };
  /** Seconds a step, by `paceOf` the sizes that were timed. */
  readonly paces: Readonly<Record<string, number>>;
  /** Of the training that is on; null while there is none. */
  readonly recipe: TeacherRecipe | null;
  readonly parameterCount: number;
  readonly step: number;
  readonly stepsPerSecond: number | null;
  readonly now: LossRow | null;
  readonly rows: readonly LossRow[];
  /** Pictures by guidance scale. */
  readonly pictures: ReadonlyMap<number, Pictures>;
  readonly savedAt: number | null;
  readonly figures: { readonly step: number; readonly figures: TeacherFigures } | null;
  readonly notice: Explanation | null;
  readonly failure: Report<'error'> | null;
}

/** A training of which nothing is known yet. */
export const NO_TRAINING = {
  recipe: null,
  parameterCount: 0,
  step: 0,
  stepsPerSecond: null,
  now: null,
  rows: [],
  pictures: new Map<number, Pictures>(),
  savedAt: null,
  figures: null,
  notice: null,
  failure: null,
} as const satisfies Partial<TeacherSlice>;

export const useTeacher = create<TeacherSlice>()(() => ({
  ...NO_TRAINING,
  open: false,
  size: 'small',
  sizes: SIZES.small,
  state: 'idle',
  progress: null,
  adapter: null,
  kept: { training: null, own: null },
  paces: {},
}));

/** Chooses sizes by name; one's own begin as what was chosen before. */
export const chooseSize = (size: SizeId): void => {
  useTeacher.setState(({ sizes }) => ({ size, sizes: size === 'own' ? sizes : SIZES[size] }));
};

/** Changes numbers; the steps alone leave the size its name. */
export const changeSizes = (part: Partial<Sizes>): void => {
  useTeacher.setState(({ sizes }) => ({ sizes: { ...sizes, ...part } }));
};

/** True while a training is there that can be measured, used and saved. */
export const isThere = (state: TeacherState): boolean =>
  state === 'training' || state === 'paused' || state === 'done';
