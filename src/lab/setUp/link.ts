import { z } from 'zod';
import { DEFAULT_TASK, findTask } from '../../tasks/registry';
import type { ImageTask } from '../../tasks/task';
import {
  armConfigSchema,
  MOST_ARMS,
  parseArmConfig,
  type ArmSpec,
  type LabConfig,
} from '../config';
import { evaluationOptionsSchema } from '../evaluationOptions';
import { labConfigOf } from '../experiments/experiment';
import { findExperiment } from '../experiments/registry';
import { difference } from './difference';
import { DICTIONARY } from './dictionary';
import { LONGEST_PACKED, pack, PackingError, unpack } from './packing';
import {
  colorsOf,
  FIRST_EVALUATION,
  FIRST_LAB,
  FIRST_PICTURES,
  FIRST_SEED,
  gridPrompts,
  MOST_PICTURES,
  placesOf,
  SET_UP_FIELDS,
  type SetUp,
} from './setUp';

/**
 * A set-up as a short text for an address: `1.` and what differs from a freshly opened page, packed.
 * Links live long: what is not understood of one is named, and the rest is kept.
 */

/** A link that nothing can be read from; the message is for a visitor. */
export class LinkError extends Error {
  override readonly name = 'LinkError';
}

/** A set-up, and which teacher to learn from: an id, an address on this site, or null for the first. */
export interface LinkedSetUp {
  readonly setUp: SetUp;
  readonly teacher: string | null;
}

/** What could be read of a link. */
export interface OpenedLink extends LinkedSetUp {
  /** What could not, a sentence each. */
  readonly lost: readonly string[];
}

const VERSION = 1;
const DEFAULT_ARM = parseArmConfig({});

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The arms that go without saying: the experiment's, or those of a fresh page. */
const usualArms = (experiment: string | null): LabConfig['arms'] => {
  const known = experiment === null ? undefined : findExperiment(experiment);
  return known ? labConfigOf(known).arms : FIRST_LAB.arms;
};

const armOf = ({ id, name, config }: ArmSpec, index: number, color: number): object => ({
  ...(id === `arm-${index + 1}` ? {} : { id }),
  ...(name === `Arm ${index + 1}` ? {} : { name }),
  ...(color === index ? {} : { color }),
  config: difference(config, DEFAULT_ARM),
});

const armsOf = ({ experiment, lab, colors }: SetUp): object => {
  if (colors === undefined && same(lab.arms, usualArms(experiment))) return {};
  const places = placesOf(lab.arms.length, colors);
  return { arms: lab.arms.map((arm, index) => armOf(arm, index, places[index] ?? index)) };
};

const gridOf = ({ task, grid: { seed, prompts } }: SetUp): object => {
  const known = findTask(task);
  const first = known !== undefined && same(prompts, gridPrompts(known, prompts.length));
  return {
    ...(seed === FIRST_SEED ? {} : { noise: seed }),
    ...(first
      ? prompts.length === FIRST_PICTURES
        ? {}
        : { pictures: prompts.length }
      : { prompts }),
  };
};

/** A set-up as the text of a link. */
export const writeLink = ({ setUp, teacher }: LinkedSetUp): string => {
  const { task, experiment, lab, evaluation } = setUp;
  const { seed, batch, prompts } = lab;
  const data = {
    ...(task === DEFAULT_TASK.id ? {} : { task }),
    ...(teacher === null ? {} : { teacher }),
    ...(experiment === null ? {} : { experiment }),
    shared: difference({ seed, batch, prompts }, FIRST_LAB),
    ...armsOf(setUp),
    evaluation: difference(evaluation, FIRST_EVALUATION),
    ...gridOf(setUp),
  };
  return `${VERSION}.${pack(data, DICTIONARY)}`;
};

const words = (text: unknown): string => (typeof text === 'string' ? text.slice(0, 60) : 'one');

/** Reads the parts of a link one by one, and takes note of what cannot be used. */
class PartReader {
  readonly lost: string[] = [];
  readonly #parts: Readonly<Record<string, unknown>>;
  readonly #left: Set<string>;

  constructor(parts: Readonly<Record<string, unknown>>) {
    this.#parts = parts;
    this.#left = new Set(Object.keys(parts));
  }

  /** The part of that name; undefined where it is missing or, as is noted, unusable. */
  read<Part>(name: string, schema: z.ZodType<Part>, what: string): Part | undefined {
    this.#left.delete(name);
    const part = this.#parts[name];
    if (part === undefined) return undefined;
    const parsed = schema.safeParse(part);
    if (parsed.success) return parsed.data;
    this.lost.push(`${what} could not be used.`);
    return undefined;
  }

  /** Takes note of parts that nobody asked for. */
  end(): void {
    const names = [...this.#left].slice(0, 5).map((name) => `“${name.slice(0, 40)}”`);
    if (names.length > 0) this.lost.push(`This page knows nothing of ${names.join(', ')}.`);
  }
}

const taskOf = (reader: PartReader): { task: ImageTask; known: boolean } => {
  const id = reader.read('task', SET_UP_FIELDS.task, 'Its task');
  const task = id === undefined ? DEFAULT_TASK : findTask(id);
  if (task) return { task, known: true };
  reader.lost.push(
    `Its task “${words(id)}” is not here: bring its teacher or its pictures first. Meanwhile its arms are set up for “${DEFAULT_TASK.title}”.`,
  );
  return { task: DEFAULT_TASK, known: false };
};

const experimentOf = (reader: PartReader): string | null => {
  const id = reader.read('experiment', z.string().max(80), 'Its experiment') ?? null;
  if (id === null || findExperiment(id)) return id;
  reader.lost.push(`There is no experiment called “${words(id)}”.`);
  return null;
};

const sharedOf = (reader: PartReader): Pick<LabConfig, 'seed' | 'batch' | 'prompts'> => {
  const asLab = z
    .record(z.string(), z.unknown())
    .transform((shared): unknown => ({ ...shared, arms: FIRST_LAB.arms }))
    .pipe(SET_UP_FIELDS.lab);
  const { seed, batch, prompts } =
    reader.read('shared', asLab, 'Seed, batch and prompts in training') ?? FIRST_LAB;
  return { seed, batch, prompts };
};

const linkedArmSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[\w-]{1,40}$/)
    .optional(),
  name: z.string().trim().min(1).max(80).optional(),
  color: z.int().min(0).max(99).optional(),
  config: armConfigSchema.prefault({}),
});

const nameOf = (arm: unknown, index: number): string => {
  const parsed = z.looseObject({ name: z.string() }).safeParse(arm);
  return parsed.success ? parsed.data.name.slice(0, 60) : `Arm ${index + 1}`;
};

interface LinkedArms {
  readonly arms: readonly ArmSpec[];
  readonly places: readonly number[];
}

const linkedArms = (reader: PartReader, listed: readonly unknown[]): LinkedArms => {
  const arms: ArmSpec[] = [];
  const places: number[] = [];
  for (const [index, listedArm] of listed.entries()) {
    const parsed = linkedArmSchema.safeParse(listedArm);
    const { id = `arm-${index + 1}`, name = `Arm ${index + 1}` } = parsed.data ?? {};
    if (!parsed.success || arms.some((arm) => arm.id === id)) {
      reader.lost.push(`Its arm “${nameOf(listedArm, index)}” could not be used.`);
      continue;
    }
    arms.push({ id, name, config: parsed.data.config });
    places.push(parsed.data.color ?? index);
  }
  return { arms, places };
};

/** The arms with their places in the palette; the usual ones where the link has none of its own. */
const readArms = (reader: PartReader, experiment: string | null): LinkedArms => {
  const listed = reader.read('arms', z.array(z.unknown()).max(MOST_ARMS), 'Its arms') ?? [];
  const { arms, places } = linkedArms(reader, listed);
  if (arms.length > 0) return { arms, places };
  const usual = usualArms(experiment);
  return { arms: usual, places: placesOf(usual.length) };
};

const readGrid = (reader: PartReader, task: ImageTask, known: boolean): SetUp['grid'] => {
  const { seed: seedSchema, prompts: promptsSchema } = SET_UP_FIELDS.grid.shape;
  const seed = reader.read('noise', seedSchema, 'The noise of its pictures') ?? FIRST_SEED;
  const count = reader.read('pictures', z.int().min(1).max(MOST_PICTURES), 'How many pictures');
  const listed = reader.read('prompts', promptsSchema, 'The prompts of its pictures');
  const fits = listed?.every((prompt) => task.prompts.schema.safeParse(prompt).success) ?? false;
  if (listed && fits) return { seed, prompts: listed };
  if (listed && known) reader.lost.push(`Its prompts are none of “${task.title}”.`);
  const drawn = gridPrompts(task, listed?.length ?? count ?? FIRST_PICTURES);
  return { seed, prompts: drawn.map((prompt) => [...prompt]) };
};

const evaluationSchema = z
  .record(z.string(), z.unknown())
  .transform((options): unknown => ({ ...FIRST_EVALUATION, ...options }))
  .pipe(evaluationOptionsSchema);

const unpackLink = (text: string): Readonly<Record<string, unknown>> => {
  const [, version = '', packed = ''] = /^(\d{1,4})\.(.*)$/s.exec(text) ?? [];
  if (Number(version) > VERSION) {
    throw new LinkError(
      `This link is of version ${version}; this page reads version ${VERSION}. Reload the page.`,
    );
  }
  const damaged =
    'This link is damaged: part of it was lost or changed on its way. Ask for it again, whole.';
  if (version !== String(VERSION) || packed.length > LONGEST_PACKED) throw new LinkError(damaged);
  try {
    return z.record(z.string(), z.unknown()).parse(unpack(packed, DICTIONARY));
  } catch (error) {
    if (error instanceof PackingError || error instanceof z.ZodError) {
      throw new LinkError(damaged, { cause: error });
    }
    throw error;
  }
};

/** Reads what `writeLink` wrote, now or in an earlier version. Throws LinkError where nothing can be. */
export const readLink = (text: string): OpenedLink => {
  const reader = new PartReader(unpackLink(text));
  const { task, known } = taskOf(reader);
  const teacher = reader.read('teacher', z.string().min(1).max(400), 'Its teacher') ?? null;
  const experiment = experimentOf(reader);
  const shared = sharedOf(reader);
  const { arms, places } = readArms(reader, experiment);
  const evaluation =
    reader.read('evaluation', evaluationSchema, 'How arms are measured') ?? FIRST_EVALUATION;
  const grid = readGrid(reader, task, known);
  reader.end();
  return {
    setUp: {
      ...{ task: task.id, experiment, evaluation, grid },
      lab: { version: 1, ...shared, arms },
      ...colorsOf(places),
    },
    // A teacher of a task that is not here would bring it along.
    teacher: known ? teacher : null,
    lost: reader.lost,
  };
};
