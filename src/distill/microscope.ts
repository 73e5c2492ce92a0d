import type { NoiseLevel } from '../flow/time';
import { renoise } from '../flow/renoise';
import type { Engine } from '../graph/engine';
import { embeddingSum } from '../graph/ops/embedding';
import { randomNormal } from '../graph/ops/random';
import { broadcastTo, reshape } from '../graph/ops/views';
import type { Shape } from '../graph/shape';
import type { Assignment } from '../graph/plan/program';
import {
  constant,
  read,
  setting,
  tensorSize,
  variable,
  type Tensor,
  type Variable,
} from '../graph/tensor';
import type { ParameterSet } from '../models/parameters';
import type { DistillConfig } from './config';
import { generatorStep, simulate } from './generate';
import { cleanFrom, cleanPredictions, type Teacher } from './networks';
import type { Grid } from './sampler';
import { studentTimes } from './schedule';
import { Sequence } from './sequence';
import { scalars } from './settings';
import { staged, StagedProgram, unstaged, type Ask } from './staged';
import { STREAMS } from './streams';
import { cfgAugmentation } from './terms/ca';
import { distributionMatching } from './terms/dm';

/** What to look at. */
export interface InspectionRequest {
  readonly student: ParameterSet;
  /** Null where no critic is trained. One that is trained as an observer will do. */
  readonly critic: ParameterSet | null;
  readonly config: Pick<DistillConfig, 'student' | 'guidanceScale' | 'normalise'>;
  readonly grid: Grid;
  /** Places in the grid of the samples to look at, in any order; at least one. */
  readonly samples: readonly number[];
  /** Noise level of x_tau: 0 is noise, 1 is x_gen itself. */
  readonly tau: NoiseLevel;
  /** u32 that chooses the noise of x_tau. */
  readonly noiseSeed: number;
  /** Step of the student's schedule, from 0, that makes x_gen; the last unless given. */
  readonly step?: number;
}

/** What the networks see at one noise level (Fig. 4b); every view is (samples, ...). */
export interface Inspection {
  /** (samples, ...), of images (samples, C, H, W). */
  readonly shape: Shape;
  readonly tau: NoiseLevel;
  /** The student's image, as its sampler draws it. */
  readonly gen: Float32Array<ArrayBuffer>;
  /** x_tau = tau x_gen + (1 - tau) eps. */
  readonly renoised: Float32Array<ArrayBuffer>;
  /** The teacher's clean predictions at x_tau, with the prompt and with the null prompt. */
  readonly realCond: Float32Array<ArrayBuffer>;
  readonly realUncond: Float32Array<ArrayBuffer>;
  /** The critic's clean prediction at x_tau with the prompt; null where there is no critic. */
  readonly fakeCond: Float32Array<ArrayBuffer> | null;
  /**
   * The updates as the trainer would apply them, guidance scale and normaliser included, at weight
   * 1 whether or not their term is on. Signed.
   */
  readonly ca: Float32Array<ArrayBuffer>;
  readonly dm: Float32Array<ArrayBuffer> | null;
  /** Root mean square of each sample's update. */
  readonly caNorms: readonly number[];
  readonly dmNorms: readonly number[] | null;
}

/** The images of an inspection. */
type View = 'gen' | 'renoised' | 'realCond' | 'realUncond' | 'fakeCond' | 'ca' | 'dm';

/** Programs for one student, critic, step and number of samples, and the memory they fill. */
interface Slide {
  readonly key: readonly unknown[];
  /** What student and critic make, then what the teacher makes of it. */
  readonly programs: readonly [StagedProgram, StagedProgram];
  readonly rows: Variable;
  readonly picks: Variable;
  readonly views: ReadonlyMap<View, Variable>;
}

/** Root mean square of each of `samples` images. */
const norms = (images: Float32Array, samples: number): number[] => {
  const size = images.length / samples;
  return Array.from({ length: samples }, (_, sample) => {
    const image = images.subarray(sample * size, (sample + 1) * size);
    return Math.sqrt(image.reduce((sum, value) => sum + value * value, 0) / size);
  });
};

/** What the teacher makes of what was seen, and the updates that follow from it. */
const judged = (ask: Ask, rows: Tensor, seen: (name: View) => Tensor | null): Map<View, Tensor> => {
  const [gen, x, fakeCond] = [seen('gen'), seen('renoised'), seen('fakeCond')];
  if (!gen || !x) throw new RangeError('The student draws before the teacher looks.');
  const tau = broadcastTo(setting('microscope.tau'), [x.shape[0] ?? 1]);
  const queries = [
    { x, tau, rows },
    { x, tau, rows: null },
  ];
  const [realCond = x, realUncond = x] = cleanFrom(queries, ask(queries));
  const common = { gen, realCond, weight: constant(1), normalise: scalars.normalise() };
  const views = new Map<View, Tensor>([
    ['realCond', realCond],
    ['realUncond', realUncond],
    ['ca', cfgAugmentation({ ...common, realUncond, guidanceScale: scalars.guidanceScale() })],
  ]);
  return fakeCond ? views.set('dm', distributionMatching({ ...common, fakeCond })) : views;
};

/**
 * Looks at what teacher and critic make of a student's images at any noise level. It trains nothing
 * and reads the networks as they are when it is asked. Whoever makes it destroys it.
 */
export class Microscope {
  readonly #engine: Engine;
  readonly #teacher: Teacher;
  #slide: Slide | undefined;
  #tail: Promise<unknown> = Promise.resolve();

  constructor(engine: Engine, teacher: Teacher) {
    this.#engine = engine;
    this.#teacher = teacher;
  }

  /**
   * One look. Another tau, noise, prompt, sample or guidance scale is a setting or an input; other
   * networks, steps and numbers of samples are planned anew. Throws a RangeError for a step or a
   * sample that there is not, GpuError when memory runs out.
   */
  inspect(request: InspectionRequest): Promise<Inspection> {
    // One after another: the next look may need another slide.
    const looked = this.#tail.then(() => this.#look(request));
    this.#tail = looked.catch(() => undefined);
    return looked;
  }

  /** Frees its memory once the last look is done. */
  async destroy(): Promise<void> {
    await this.#tail;
    this.#remove();
  }

  async #look(request: InspectionRequest): Promise<Inspection> {
    const { config, grid, samples, tau, noiseSeed } = request;
    const times = studentTimes(config.student.steps);
    const { step = times.length - 1 } = request;
    if (!(step in times)) {
      throw new RangeError(`A student of ${times.length} steps has no step ${step} (from 0).`);
    }
    const slide = await this.#slideFor(request, step);
    const settings = {
      seed: { u32: grid.seed },
      step: { u32: 0 },
      'microscope.seed': { u32: noiseSeed },
      'microscope.tau': tau,
      guidanceScale: config.guidanceScale,
      normalise: config.normalise ? 1 : 0,
      ...Object.fromEntries(times.map((t, index) => [`time.${index}`, t])),
    };
    const rows = this.#rowsOf(grid, samples);
    const [networks, teacher] = slide.programs;
    const sequence = new Sequence(this.#engine)
      .run(networks, settings, [
        [slide.rows, rows],
        [slide.picks, Int32Array.from(samples)],
      ])
      .run(teacher, settings, [], rows);
    for (const target of slide.views.values()) sequence.read(target);
    const images = await sequence.submit();
    const found = new Map([...slide.views.keys()].map((view, index) => [view, images[index]]));
    const [fakeCond, dm] = [found.get('fakeCond') ?? null, found.get('dm') ?? null];
    const view = (name: View) => found.get(name) ?? new Float32Array();
    return {
      shape: [samples.length, ...this.#teacher.backbone.sampleShape],
      tau,
      gen: view('gen'),
      renoised: view('renoised'),
      realCond: view('realCond'),
      realUncond: view('realUncond'),
      fakeCond,
      ca: view('ca'),
      dm,
      caNorms: norms(view('ca'), samples.length),
      dmNorms: dm && norms(dm, samples.length),
    };
  }

  /** Rows of the prompt table for the samples looked at. */
  #rowsOf({ rows, count }: Grid, samples: readonly number[]): Int32Array<ArrayBuffer> {
    const attributes = rows.length / count;
    return Int32Array.from(
      samples.flatMap((sample) => {
        if (!Number.isInteger(sample) || sample < 0 || sample >= count) {
          throw new RangeError(`A grid of ${count} images has no sample ${sample} (from 0).`);
        }
        return [...rows.subarray(sample * attributes, (sample + 1) * attributes)];
      }),
    );
  }

  async #slideFor(request: InspectionRequest, step: number): Promise<Slide> {
    const { student, critic, grid, samples } = request;
    const key = [student, critic, grid.count, samples.length, step];
    if (this.#slide?.key.every((part, index) => part === key[index])) return this.#slide;
    this.#remove();
    const { promptRows } = this.#teacher.backbone;
    const rows = variable('microscope prompts', [samples.length, promptRows], 'i32');
    const picks = variable('microscope samples', [samples.length, 1], 'i32');
    const shape = [samples.length, ...this.#teacher.backbone.sampleShape];
    const names: View[] = ['gen', 'renoised', 'realCond', 'realUncond', 'ca'];
    if (critic) names.push('fakeCond', 'dm');
    const views = new Map(names.map((name) => [name, variable(`microscope ${name}`, shape)]));
    const assign = (graph: ReadonlyMap<View, Tensor>): Assignment[] =>
      [...graph].flatMap(([name, value]) => {
        const target = views.get(name);
        return target ? [{ variable: target, value }] : [];
      });
    const seen = (name: View): Tensor | null => {
      const target = views.get(name);
      return target ? read(target) : null;
    };
    const made = this.#made(request, step, read(rows), read(picks));
    const prepared = StagedProgram.prepareAll(this.#engine, [
      unstaged({ name: 'microscope', assign: assign(made) }),
      staged(this.#teacher, (ask) => ({
        name: 'microscope, teacher',
        assign: assign(judged(ask, read(rows), seen)),
      })),
    ]);
    // Where only one of them can be had, its memory is there already.
    const [networks, teacher] = await prepared.catch((error: unknown) => {
      this.#engine.memory.free([rows, picks, ...views.values()]);
      throw error;
    });
    if (!networks || !teacher) throw new RangeError('A program was not prepared.');
    this.#slide = { key, programs: [networks, teacher], rows, picks, views };
    return this.#slide;
  }

  /** What student and critic make: the student's step as its sampler takes it, then one x_tau. */
  #made(
    { student, critic, grid }: InspectionRequest,
    step: number,
    rows: Tensor,
    picks: Tensor,
  ): Map<View, Tensor> {
    const { backbone } = this.#teacher;
    const samples = rows.shape[0] ?? 1;
    const shape = [samples, ...backbone.sampleShape];
    // Noise is drawn for the whole grid, so that a sample's does not depend on what else is seen.
    const noiseFor = (seed: Tensor, stream: number): Tensor => {
      const whole = randomNormal([grid.count, ...backbone.sampleShape], {
        seed,
        step: scalars.step(),
        stream,
      });
      const flat = reshape(whole, [grid.count, tensorSize(whole) / grid.count]);
      return reshape(embeddingSum(flat, picks), shape);
    };
    const steps = Array.from({ length: step + 1 }, (_, index) => index);
    const generator = { velocity: backbone.velocity(student), rows };
    const z = simulate(generator, {
      times: steps.map((index) => scalars.time(index)),
      noises: steps.map((index) =>
        noiseFor(
          scalars.seed(),
          index === 0 ? STREAMS.initialNoise : STREAMS.simulationNoise + index,
        ),
      ),
    });
    const gen = generatorStep(generator, z, scalars.time(step));
    const tau = broadcastTo(setting('microscope.tau'), [samples]);
    const renoised = renoise(
      gen,
      tau,
      noiseFor(setting('microscope.seed', 'u32'), STREAMS.caNoise),
    );
    const made = new Map<View, Tensor>([
      ['gen', gen],
      ['renoised', renoised],
    ]);
    if (!critic) return made;
    const [fakeCond = gen] = cleanPredictions(backbone.velocity(critic), [
      { x: renoised, tau, rows },
    ]);
    return made.set('fakeCond', fakeCond);
  }

  #remove(): void {
    if (!this.#slide) return;
    const { programs, rows, picks, views } = this.#slide;
    for (const program of programs) program.destroy();
    this.#engine.memory.free([rows, picks, ...views.values()]);
    this.#slide = undefined;
  }
}
