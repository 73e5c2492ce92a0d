import { create } from 'zustand';
import type { PathFile, PicturesSummary, TeacherSummary } from '../../worker/own/protocol';

/** What became of something that a visitor brought. */
export type Reading<Result> =
  | { readonly state: 'empty' }
  | { readonly state: 'reading'; readonly done: number; readonly total: number }
  | { readonly state: 'read'; readonly result: Result }
  | { readonly state: 'refused'; readonly message: string };

export const EMPTY = { state: 'empty' } as const;

/** Everything that the page shows of what a visitor brings. */
export interface OwnSlice {
  readonly open: boolean;
  /** Id of the tab that is shown. */
  readonly tab: string;
  /** What was brought and no tab has taken yet. */
  readonly brought: readonly PathFile[] | null;
  /** Why no tab takes what was brought; null: one does. */
  readonly unknown: string | null;
  readonly teacher: Reading<TeacherSummary>;
  readonly pictures: Reading<PicturesSummary>;
  /** The files that pictures are made of, to make them anew in another size. */
  readonly files: readonly PathFile[];
  readonly size: number;
  readonly title: string;
  /** True while something is being kept. */
  readonly keeping: boolean;
}

export const useOwn = create<OwnSlice>()(() => ({
  open: false,
  tab: 'teacher',
  brought: null,
  unknown: null,
  teacher: EMPTY,
  pictures: EMPTY,
  files: [],
  size: 16,
  title: '',
  keeping: false,
}));

/** Forgets what was refused: another thing is brought, or nobody looks any more. */
export const forgetRefused = (): void => {
  useOwn.setState(({ teacher, pictures }) => ({
    unknown: null,
    teacher: teacher.state === 'refused' ? EMPTY : teacher,
    pictures: pictures.state === 'refused' ? EMPTY : pictures,
  }));
};
