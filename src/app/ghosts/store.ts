import { create } from 'zustand';
import type { Column } from '../lab/columns';

/** An arm of an earlier run, drawn to compare with. */
export interface Ghost {
  /** Whose its curves are, in their keys. */
  readonly owner: string;
  readonly words: string;
  /** Place of the arm's colour in the palette. */
  readonly color: number;
  /** Its curves by their keys. */
  readonly columns: readonly (readonly [key: string, column: Column])[];
}

/** An earlier run whose curves stay in the charts. */
export interface GhostRun {
  readonly id: string;
  readonly name: string;
  /** Id of the task that it drew. */
  readonly task: string;
  /** ISO time at which it became a ghost. */
  readonly saved: string;
  /** Whether this browser keeps it; else it gives way to the next run that ends. */
  readonly kept: boolean;
  readonly ghosts: readonly Ghost[];
}

interface GhostsSlice {
  readonly runs: readonly GhostRun[];
}

export const useGhosts = create<GhostsSlice>()(() => ({ runs: [] }));

/** Curves of the past that charts hold at most: with more of them nothing can be told apart. */
export const MOST_GHOSTS = 16;

/** True when so many curves more find room beside what is kept. */
export const hasRoom = (more: number): boolean =>
  useGhosts.getState().runs.reduce((sum, run) => sum + run.ghosts.length, more) <= MOST_GHOSTS;

/** Adds a run; whatever was not kept gives way to one that is not either. */
export const addGhosts = (run: GhostRun): void =>
  useGhosts.setState(({ runs }) => ({
    runs: [...runs.filter(({ kept }) => run.kept || kept), run],
  }));

/** Puts a run in the place of the one with its id; false where there is none. */
export const changeGhosts = (changed: GhostRun): boolean => {
  const { runs } = useGhosts.getState();
  if (!runs.some(({ id }) => id === changed.id)) return false;
  useGhosts.setState({ runs: runs.map((run) => (run.id === changed.id ? changed : run)) });
  return true;
};

/** Takes a run out of the charts. */
export const removeGhosts = (id: string): void =>
  useGhosts.setState(({ runs }) => ({ runs: runs.filter((run) => run.id !== id) }));
