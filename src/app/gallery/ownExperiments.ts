import { createStore, del, entries, set, type UseStore } from 'idb-keyval';
import { z } from 'zod';
import { create } from 'zustand';
import { isQuotaExceeded } from '../../lab/checkpointStores/storageErrors';
import { LinkError, readLink } from '../../lab/setUp/link';
import { LONGEST_PACKED } from '../../lab/setUp/packing';
import type { SetUp } from '../../lab/setUp/setUp';
import { linkNow } from '../lab/shareLink';
import { notify } from '../state/notices';

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

const NOTICE = 'own-experiments';

let opened: UseStore | null = null;
const store = (): UseStore => (opened ??= createStore('spear-and-shield-experiments', 'kept'));

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

const allKept = async (): Promise<[id: string, value: unknown][]> => {
  try {
    return await entries<string, unknown>(store());
  } catch {
    return []; // Storage may be forbidden: then nothing was kept.
  }
};

let loaded = false;

/** Makes known what this browser keeps; what cannot be read is passed over and told. Never rejects. */
export const loadOwnExperiments = async (): Promise<void> => {
  if (loaded) return;
  loaded = true;
  const read = (await allKept()).map(([id, value]) => readKept(id, value));
  const whole = read.filter((experiment) => experiment !== null);
  useOwnExperiments.setState(({ experiments }) => ({
    experiments: [...experiments, ...whole].sort((a, b) => b.saved.localeCompare(a.saved)),
  }));
  const broken = read.length - whole.length;
  if (broken === 0) return;
  const what = broken === 1 ? 'One of your set-ups' : `${broken} of your set-ups`;
  notify({ id: NOTICE, text: `${what} could not be read and was passed over.` });
};

/** Keeps one in the browser; tells why where it cannot. */
const keep = async ({ id, setUp: _, ...kept }: OwnExperiment): Promise<void> => {
  try {
    await set(id, kept satisfies Kept, store());
  } catch (error) {
    const reason = isQuotaExceeded(error)
      ? 'This browser’s storage is full: remove something that it keeps, then save again.'
      : 'This browser keeps nothing for this page.';
    notify({
      id: NOTICE,
      text: `“${kept.name}” lasts as long as this page is open. ${reason} A link or a file keeps it as well.`,
    });
  }
};

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
  try {
    await del(id, store());
  } catch {
    // Without storage there is nothing to remove.
  }
};
