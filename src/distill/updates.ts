import { eulerTimes } from '../flow/euler';
import type { HostArray } from '../graph/memory';
import { PhiloxStream } from '../graph/philox';
import type { Settings } from '../graph/recording';
import type { Variable } from '../graph/tensor';
import type { ArmMemory } from './arm';
import type { DistillConfig } from './config';
import type { TrainingData } from './data';
import type { IterationPrograms, UpdatePrograms } from './programs/iteration';
import { TEACHER_STEPS } from './programs/teacherStart';
import type { Sequence } from './sequence';
import { configSettings, optimizerSettings } from './settings';
import type { StagedProgram } from './staged';
import { randomStep, STREAMS } from './streams';
import { needsStatistics } from './terms/registry';

/** The iteration that updates are part of. */
export interface Iteration {
  readonly arm: ArmMemory;
  readonly data: TrainingData;
  readonly config: DistillConfig;
  /** Its number, from 0. */
  readonly number: number;
  readonly start: IterationPrograms['start'];
}

/** What a program that generates is given: prompts, and what is to be uploaded before it. */
interface Given {
  readonly rows: Int32Array<ArrayBuffer>;
  readonly inputs: (readonly [Variable, HostArray])[];
}

/**
 * Adds update number `run` (from 0) of a network's in an iteration, at a random step of the student's
 * schedule: images for the critic first, where they are not made yet. `countUpdate` counts an update
 * that teaches, and gives its number from 1.
 */
export const addUpdate = (
  sequence: Sequence,
  iteration: Iteration,
  { network, runs, images, gradients, optimizer }: UpdatePrograms,
  run: number,
  countUpdate: () => number,
): void => {
  const { config, data, number } = iteration;
  const step = randomStep(number, network, network === 'student' ? 0 : run + 1);
  const index = new PhiloxStream(config.seed, STREAMS.studentStep, step).integer(
    config.student.steps,
  );
  const settings: Settings = {
    // A task may have to draw its data first to know its statistics.
    ...configSettings(config, needsStatistics(config) ? data.statistics : null),
    step: { u32: step },
    'loss.carried': run === 0 ? 0 : 1,
    'loss.share': 1 / runs,
  };
  const generating = (images?.programs ?? gradients)[index];
  const gradient = images ? gradients[0] : generating;
  if (!generating || !gradient) throw new RangeError('Nothing is planned.');
  const place = images ? run % images.batch.updates : 0;
  if (place === 0) {
    addGenerating(
      sequence,
      iteration,
      generating,
      index,
      settings,
      given(iteration, images, network, step),
    );
  }
  if (images) sequence.run(gradient, { ...settings, update: { u32: place } });
  if (optimizer)
    sequence.run(optimizer, { ...settings, ...optimizerSettings(network, countUpdate()) });
};

/** A program that generates at step `index`, after the teacher's samples where it begins from them. */
const addGenerating = (
  sequence: Sequence,
  { start }: Iteration,
  program: StagedProgram,
  index: number,
  settings: Settings,
  { rows, inputs }: Given,
): void => {
  if (!start || index === 0) {
    sequence.run(program, settings, inputs, rows);
    return;
  }
  sequence.run(start.noise, settings, inputs);
  for (const t of eulerTimes(TEACHER_STEPS)) {
    const euler = { 'euler.t': t, 'euler.dt': 1 / TEACHER_STEPS };
    sequence.run(start.advance, { ...settings, ...euler }, [], rows);
  }
  sequence.run(program, settings, [], rows);
};

/**
 * Fresh prompts at a random step, the discriminator's those of fresh real images; for a batch of the
 * critic's updates those of each at a step of its own.
 */
const given = (
  { arm, data, config: { seed, batch, prompts } }: Iteration,
  images: UpdatePrograms['images'],
  network: UpdatePrograms['network'],
  step: number,
): Given => {
  const draw = (stream: number, later = 0) => new PhiloxStream(seed, stream, step + later);
  if (network === 'discriminator') {
    const real = data.images(draw(STREAMS.realImages), batch, prompts);
    return {
      rows: real.rows,
      inputs: [
        [arm.rows, real.rows],
        [arm.realImages, real.images],
      ],
    };
  }
  const { updates, rows: target } = images?.batch ?? { updates: 1, rows: arm.rows };
  const drawn = Array.from({ length: updates }, (_, later) =>
    data.prompts(draw(STREAMS.prompts, later), batch, prompts),
  );
  const rows = new Int32Array(drawn.reduce((size, part) => size + part.length, 0));
  drawn.forEach((part, later) => rows.set(part, later * part.length));
  return { rows, inputs: [[target, rows]] };
};
