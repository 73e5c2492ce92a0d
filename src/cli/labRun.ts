import { existsSync } from 'node:fs';
import type { Gpu } from '../gpu/gpu';
import type { KernelChoice } from '../graph/kernel';
import { QuotaError } from '../lab/checkpointStore';
import { aboutCheckpoint, readCheckpoint, writeCheckpoint } from '../lab/checkpoint';
import type { ArmId } from '../lab/config';
import { Lab, type LabMaterial } from '../lab/lab';
import { parseRecord, type RunRecord } from '../lab/record';
import type { TeacherFile } from '../lab/teacher';
import type { ClassifierFile } from '../tasks/classifierFile';
import type { OpenTask } from '../tasks/task';
import { fileCheckpointStore } from './fileCheckpointStore';
import { readJsonFile } from './files';
import type { RunOptions } from './labOptions';
import { recordPath, seedFolder } from './labResults';
import type { ReferenceCache } from './referenceCache';
import { reasonOf } from '../interchange/reason';

/** What the seeds of a run share. */
export interface RunContext {
  readonly options: RunOptions;
  /** Of this shard, where there is one. */
  readonly out: string;
  readonly gpu: Gpu;
  readonly choice: KernelChoice;
  readonly teacher: TeacherFile;
  readonly task: OpenTask;
  readonly teacherId: string;
  readonly judge: ClassifierFile | null;
  readonly cache: ReferenceCache;
  readonly codeVersion: string;
  /** Aborted when the person, or a scheduler, wants the run to stop. */
  readonly stop: AbortSignal;
  readonly say: (line: string) => void;
  /** Iterations that the seed has done, and a word on how its arms stand. */
  readonly onProgress: (iteration: number, detail: string) => void;
  /** What there is of a seed, every few minutes and at its end. */
  readonly onRecord: (record: RunRecord) => void;
}

const CHECKPOINT = 'checkpoint';

/** Rounds submitted before the first has ended: the GPU never waits for the CPU. */
const IN_FLIGHT = 2;

const reached = ({ figures }: RunRecord['arms'][number]): number => figures.at(-1)?.iteration ?? 0;

const isDone = (record: RunRecord, { iterations, evaluation, snapshots }: RunOptions): boolean =>
  record.arms.every(
    (arm) =>
      arm.status === 'halted' ||
      (reached(arm) >= iterations &&
        ((evaluation.every === 0 && snapshots.length === 0) ||
          arm.evaluations.some(({ iteration }) => iteration >= iterations))),
  );

/** The record of a seed that needs nothing more, or null. */
export const finishedRecord = (
  out: string,
  seed: number,
  options: RunOptions,
): RunRecord | null => {
  const path = recordPath(out, seed);
  if (!existsSync(path)) return null;
  const record = parseRecord(readJsonFile('the record', path));
  return isDone(record, options) ? record : null;
};

const materialOf = (context: RunContext): LabMaterial => {
  const { gpu, choice, teacher, task, teacherId, judge, say } = context;
  return {
    gpu,
    choice,
    teacher,
    task,
    teacherId,
    judge,
    // Nothing is drawn but evaluations.
    grid: { prompts: [task.prompts.nullPrompt], seed: 0 },
    onProblem: (arm, error) => {
      say(`evaluation of ${arm}: ${reasonOf(error)}`);
    },
  };
};

/** Draws what arms are compared with, or takes the guided teacher's images from an earlier run. */
const prepareReference = async (lab: Lab, context: RunContext): Promise<void> => {
  const { cache, gpu, judge, options, say } = context;
  if (options.evaluation.every === 0 && options.snapshots.length === 0) return;
  // Without a classifier only a few are drawn, which are no use to another run.
  const key = judge ? `${lab.referenceKey} ${gpu.info.name}` : null;
  const kept = key === null ? null : cache.load(key);
  if (!kept) say('drawing the guided teacher');
  const images = await lab.prepareReference(kept ? { guided: kept } : {});
  if (key !== null && !kept) cache.save(key, images);
};

/** One seed's lab: new, or as its checkpoint left it. */
const openLab = async (context: RunContext, seed: number, arms: readonly ArmId[]): Promise<Lab> => {
  const { options, out, say } = context;
  const material = materialOf(context);
  const saved = await fileCheckpointStore(seedFolder(out, seed)).load(CHECKPOINT);
  if (saved) {
    const lab = await Lab.restore(material, readCheckpoint(saved));
    const at = Math.max(0, ...lab.arms.map(({ iteration }) => iteration));
    say(`seed ${seed}: going on from iteration ${at}`);
    return lab;
  }
  const { config, evaluation, experiment } = options;
  return Lab.create({
    ...material,
    config: { ...config, seed, arms: config.arms.filter(({ id }) => arms.includes(id)) },
    evaluation,
    experiment: experiment?.id ?? null,
  });
};

/** How all arms stand, in a few words: "ca-dm .301, ca halted". */
const detailOf = (lab: Lab, variances: ReadonlyMap<ArmId, number>): string =>
  lab.arms
    .map(
      ({ id, status }) =>
        `${id} ${status === 'halted' ? status : (variances.get(id)?.toFixed(3) ?? '')}`,
    )
    .join(', ');

/**
 * Trains the arms of one seed to the run's iterations, saving as it goes, and resolves to its
 * record. A run that was stopped goes on from its checkpoint.
 */
export const runSeed = async (
  context: RunContext,
  seed: number,
  arms: readonly ArmId[],
): Promise<RunRecord> => {
  const { options, out, gpu, stop, say, onProgress, onRecord } = context;
  const { iterations, snapshots, evaluation, saveEvery } = options;
  const store = fileCheckpointStore(seedFolder(out, seed));
  const lab = await openLab(context, seed, arms);
  const lost = gpu.lost.then((error) => {
    throw error;
  });
  lost.catch(() => undefined);

  const training = () => lab.arms.filter(({ status }) => status === 'training');

  const save = async (): Promise<RunRecord> => {
    const { record, states } = await lab.checkpoint();
    const named = { ...record, codeVersion: context.codeVersion };
    onRecord(named);
    try {
      const checkpoint = { record: named, states };
      await store.save(CHECKPOINT, writeCheckpoint(checkpoint), aboutCheckpoint(checkpoint));
    } catch (error) {
      if (!(error instanceof QuotaError)) throw error;
      say(`${error.message} The last checkpoint is kept; training goes on.`);
    }
    return named;
  };

  const evaluateNow = async (): Promise<void> => {
    for (const { id, iteration } of training()) {
      const isThere = lab
        .record()
        .arms.some(
          (arm) => arm.id === id && arm.evaluations.some((row) => row.iteration === iteration),
        );
      if (!isThere) await lab.evaluate(id);
    }
  };

  const train = async (): Promise<void> => {
    await prepareReference(lab, context);
    const flying: ReturnType<Lab['iterate']>[] = [];
    let savedAt = performance.now();
    // Rounds that were asked for: some may not have been submitted yet.
    let asked = Math.min(...training().map(({ iteration }) => iteration));
    const land = async (): Promise<void> => {
      const figures = await flying.shift();
      const rows = [...(figures ?? [])];
      const iteration = rows[0]?.[1].iteration;
      if (iteration === undefined) return;
      const variances = new Map(rows.map(([id, row]) => [id, row.imageVariance]));
      onProgress(iteration, detailOf(lab, variances));
    };
    while (!stop.aborted && training().length > 0 && asked < iterations) {
      const round = lab.iterate();
      // It is heard when its turn comes, or not at all where an earlier one failed.
      round.catch(() => undefined);
      flying.push(round);
      asked++;
      await lab.submitted;
      if (flying.length >= IN_FLIGHT) await land();
      const dueToSave = performance.now() - savedAt > 1000 * saveEvery;
      const drawn = snapshots.includes(asked);
      if (!dueToSave && !drawn) continue;
      while (flying.length > 0) await land();
      if (drawn) await evaluateNow();
      if (dueToSave) {
        await save();
        savedAt = performance.now();
      }
    }
    while (flying.length > 0) await land();
    const wanted = evaluation.every > 0 || snapshots.length > 0;
    if (!stop.aborted && wanted) await evaluateNow();
    await lab.settled();
  };

  try {
    await Promise.race([train(), lost]);
    return await save();
  } finally {
    await lab.destroy();
  }
};
