import { z } from 'zod';
import { create } from 'zustand';
import { LinkError, readLink } from '../../lab/setUp/link';
import { LONGEST_PACKED } from '../../lab/setUp/packing';
import type { SetUp } from '../../lab/setUp/setUp';
import { linkNow } from '../lab/shareLink';
import { Shelf } from '../state/shelf';

/** Set-ups that a visitor keeps in this browser: a name and a link each. */

const KEPT_SCHEMA = z.strictObject({
  version: z.literal(1),
  name: z.string().trim().min(1).max(80),
  saved: z.iso.datetime(),
  link: z.string().max(LONGEST_PACKED + 16),
});

type Kept = z.output<typeof KEPT_SCHEMA>;

/** One set-up of the visitor's, as it is kept and as it was read. */
export interface OwnExperiment extends Kept {
  readonly id: string;
  readonly setUp: SetUp;
}

interface OwnExperimentsSlice {
  /** The newest first. */
  readonly experiments: readonly OwnExperiment[];
}

export const useOwnExperiments = create<OwnExperimentsSlice>()(() => ({ experiments: [] }));

/** What was kept under an id; null where it cannot be read any more. */
export const readKept = (id: string, value: unknown): OwnExperiment | null => {
  const parsed = KEPT_SCHEMA.safeParse(value);
  if (!parsed.success) return null;
  try {
    return { ...parsed.data, id, setUp: readLink(parsed.data.link).setUp };
  } catch (error) {
    if (error instanceof LinkError) return null;
    throw error;
  }
};

const shelf = new Shelf<OwnExperiment>({
  name: 'experiments',
  things: 'set-ups',
  instead: 'A link or a file keeps it as well.',
  read: readKept,
});

let loaded = false;

/** Makes known what this browser keeps. Never rejects. */
export const loadOwnExperiments = async (): Promise<void> => {
  if (loaded) return;
  loaded = true;
  const kept = await shelf.load();
  useOwnExperiments.setState(({ experiments }) => ({
    experiments: [...experiments, ...kept].sort((a, b) => b.saved.localeCompare(a.saved)),
  }));
};

const keep = ({ id, setUp: _, ...kept }: OwnExperiment): Promise<void> =>
  shelf.put(id, kept.name, kept satisfies Kept);

/** Saves the bench as it is set up now. */
export const saveExperiment = async (name: string): Promise<void> => {
  const link = linkNow();
  const { setUp } = readLink(link);
  const saved = new Date().toISOString();
  const experiment: OwnExperiment = {
    ...{ id: crypto.randomUUID(), version: 1, saved, link, setUp },
    name: name.trim().slice(0, 80),
  };
  await keep(experiment);
  // Shown once it is kept: whoever sees it may reload the page.
  useOwnExperiments.setState(({ experiments }) => ({ experiments: [experiment, ...experiments] }));
};

/** Gives one another name. */
export const renameExperiment = async (id: string, name: string): Promise<void> => {
  useOwnExperiments.setState(({ experiments }) => ({
    experiments: experiments.map((one) => (one.id === id ? { ...one, name } : one)),
  }));
  const renamed = useOwnExperiments.getState().experiments.find((one) => one.id === id);
  if (renamed) await keep(renamed);
};

/** Throws one away. */
export const removeExperiment = async (id: string): Promise<void> => {
  useOwnExperiments.setState(({ experiments }) => ({
    experiments: experiments.filter((one) => one.id !== id),
  }));
  await shelf.remove(id);
};
