import { z } from 'zod';
import { Shelf } from '../state/shelf';
import {
  addGhosts,
  changeGhosts,
  hasRoom,
  MOST_GHOSTS,
  removeGhosts,
  type GhostRun,
} from './store';

/** How earlier runs are kept in this browser: what is drawn of them, not how they went on. */

const columnSchema = z
  .strictObject({ x: z.instanceof(Float64Array), y: z.instanceof(Float64Array) })
  .refine(({ x, y }) => x.length === y.length);

const keptSchema = z.strictObject({
  version: z.literal(1),
  name: z.string().trim().min(1).max(80),
  task: z.string().max(200),
  saved: z.iso.datetime(),
  ghosts: z
    .array(
      z.strictObject({
        owner: z.string(),
        words: z.string(),
        color: z.int().nonnegative(),
        columns: z.array(z.tuple([z.string(), columnSchema])),
      }),
    )
    .min(1)
    .max(MOST_GHOSTS),
});

/** What was kept under an id; null where it cannot be read any more. */
export const readKeptGhosts = (id: string, value: unknown): GhostRun | null => {
  const parsed = keptSchema.safeParse(value);
  if (!parsed.success) return null;
  const { name, task, saved, ghosts } = parsed.data;
  return { id, name, task, saved, kept: true, ghosts };
};

const shelf = new Shelf<GhostRun>({
  name: 'ghosts',
  things: 'earlier runs',
  instead: 'A record as JSON brings it back as well.',
  read: readKeptGhosts,
});

let loaded = false;

/** Puts what this browser keeps into the charts, as far as there is room. Never rejects. */
export const loadGhosts = async (): Promise<void> => {
  if (loaded) return;
  loaded = true;
  const runs = [...(await shelf.load())].sort((a, b) => a.saved.localeCompare(b.saved));
  // One may have been kept, and shown, meanwhile.
  for (const run of runs) if (!changeGhosts(run) && hasRoom(run.ghosts.length)) addGhosts(run);
};

/** Keeps a run in this browser and in the charts, as it is now. Never rejects. */
export const keepGhosts = async (run: GhostRun): Promise<void> => {
  const kept = { ...run, kept: true };
  const { id, name, task, saved, ghosts } = kept;
  const isShown = changeGhosts(kept);
  await shelf.put(id, name, { version: 1, name, task, saved, ghosts });
  // A new one is shown once it is kept: whoever sees it may reload the page.
  if (!isShown) addGhosts(kept);
};

/** Takes a run out of the charts and of what this browser keeps. Never rejects. */
export const forgetGhosts = async ({ id, kept }: GhostRun): Promise<void> => {
  removeGhosts(id);
  if (kept) await shelf.remove(id);
};
