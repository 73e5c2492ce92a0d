import { cfgAugmentation } from '../../distill/terms/ca';
import { distributionMatching } from '../../distill/terms/dm';
import { generatorStep, simulate } from '../../distill/generate';
import { cleanPredictions, repeatRows, type InGraphTeacher } from '../../distill/networks';
import { studentTimes } from '../../distill/schedule';
import { scalars } from '../../distill/settings';
import { STREAMS } from '../../distill/streams';
import type { Trainer } from '../../distill/trainer';
import { renoise } from '../../flow/renoise';
import type { Engine } from '../../graph/engine';
import type { Executable } from '../../graph/executable';
import { randomNormal } from '../../graph/ops/random';
import { broadcastTo } from '../../graph/ops/views';
import type { ProgramSpec } from '../../graph/plan/program';
import { constant, read, setting, variable, type Variable } from '../../graph/tensor';
import type { MixtureLook, MixturePicture } from './picture';

/** Points of a picture. */
export const POINTS = 1024;
/** Arrows at the student's points: at the first ones. */
const SAMPLE_ARROWS = 256;
/** Points along an edge of the arrows' grid, and half that edge. */
const GRID_EDGE = 21;
const GRID_REACH = 3.5;

/** The grid's points (m, 2): row by row from below, each from left to right. */
const gridPoints = (): Float32Array<ArrayBuffer> => {
  const at = (index: number) => GRID_REACH * ((2 * index) / (GRID_EDGE - 1) - 1);
  const edge = Array.from({ length: GRID_EDGE }, (_, index) => at(index));
  return Float32Array.from(edge.flatMap((y) => edge.flatMap((x) => [x, y])));
};

/** The first `count` rows of a variable. */
const firstRows = (of: Variable, count: number): Variable => ({
  ...of,
  shape: [count, ...of.shape.slice(1)],
  window: { of, offset: 0 },
});

type Cloud = Pick<MixturePicture, 'points' | 'classes' | 'renoised'>;

/** A student as it is now. */
export interface Exposure extends Cloud {
  readonly arrows: MixturePicture['arrows'];
  /** The points of all classes, whichever class is looked at. */
  readonly all: Float32Array<ArrayBuffer>;
}

/**
 * Takes pictures of a student of points: what its sampler draws from fixed noise under fixed
 * classes, the same renoised, and the raw updates of CA and DM (weight 1, not normalised). Arrows on
 * a grid take its points as x_tau; at the student's points x they are the updates that x gets from
 * its own x_tau. Whoever makes it destroys it.
 */
export class MixtureCamera {
  readonly #engine: Engine;
  readonly #teacher: InGraphTeacher;
  readonly #seed: number;
  /** The class of each point, where all classes are looked at. */
  readonly #classes: Int32Array<ArrayBuffer>;
  readonly #programs = new Map<string, Promise<Executable>>();
  readonly #rows = variable('picture classes', [POINTS, 1], 'i32');
  readonly #points = variable('picture points', [POINTS, 2]);
  readonly #renoised = variable('picture renoised', [POINTS, 2]);
  readonly #grid = variable('picture grid', [GRID_EDGE ** 2, 2]);
  readonly #gridRows = variable('picture grid classes', [GRID_EDGE ** 2, 1], 'i32');
  readonly #ca = variable('picture CA', [Math.max(GRID_EDGE ** 2, SAMPLE_ARROWS), 2]);
  readonly #dm = variable('picture DM', [Math.max(GRID_EDGE ** 2, SAMPLE_ARROWS), 2]);

  /** `classes`: of the POINTS points; `seed`: u32 of their noise. */
  constructor(
    engine: Engine,
    teacher: InGraphTeacher,
    classes: Int32Array<ArrayBuffer>,
    seed: number,
  ) {
    this.#engine = engine;
    this.#teacher = teacher;
    this.#classes = classes;
    this.#seed = seed;
    engine.memory.write(this.#grid, gridPoints());
  }

  /** A picture of a trainer's student, as of the iterations submitted so far. */
  async take(trainer: Trainer, look: MixtureLook): Promise<Exposure> {
    const { steps } = trainer.config.student;
    const critic = trainer.has('critic');
    const [cloud, arrows] = await Promise.all([
      this.#program(`cloud ${steps}`, () => this.#cloud(trainer, steps)),
      this.#program(`${look.arrows} ${critic}`, () => this.#arrows(trainer, look.arrows)),
    ]);
    const chosen = look.class === null ? null : new Int32Array(POINTS).fill(look.class);
    const settings = {
      seed: { u32: this.#seed },
      step: { u32: 0 },
      'picture.tau': look.tau,
      guidanceScale: trainer.config.guidanceScale,
      ...Object.fromEntries(studentTimes(steps).map((t, index) => [`time.${index}`, t])),
    };
    const expose = (classes: Int32Array<ArrayBuffer>) =>
      this.#engine.record().run(cloud, settings, [[this.#rows, classes]]);
    // Submitted together, so that both are of the same weights.
    const others = chosen && expose(this.#classes).read(this.#points).submit();
    const [ca, dm] = [this.#ca, this.#dm].map((one) => firstRows(one, this.#count(look)));
    const gridRows = new Int32Array(GRID_EDGE ** 2).fill(look.class ?? 0);
    const recording = expose(chosen ?? this.#classes)
      .run(arrows, settings, [[this.#gridRows, gridRows]])
      .read(this.#points)
      .read(this.#renoised)
      .read(ca ?? this.#ca);
    if (critic) recording.read(dm ?? this.#dm);
    const [points = none(), renoised = none(), byCa = none(), byDm] = await recording.submit();
    const [all = points] = (await others) ?? [];
    const at = look.arrows === 'grid' ? gridPoints() : points.slice(0, 2 * SAMPLE_ARROWS);
    const classes = chosen ?? this.#classes.slice();
    return { points, classes, renoised, arrows: { at, ca: byCa, dm: byDm ?? null }, all };
  }

  /** Frees its memory once what is being made ready is. */
  async destroy(): Promise<void> {
    const programs = await Promise.allSettled(this.#programs.values());
    for (const program of programs) if (program.status === 'fulfilled') program.value.destroy();
    this.#engine.memory.free([
      this.#rows,
      this.#points,
      this.#renoised,
      this.#grid,
      this.#gridRows,
      this.#ca,
      this.#dm,
    ]);
  }

  #count({ arrows }: Pick<MixtureLook, 'arrows'>): number {
    return arrows === 'grid' ? GRID_EDGE ** 2 : SAMPLE_ARROWS;
  }

  #cloud({ student }: Trainer, steps: number): ProgramSpec {
    const noise = (stream: number) =>
      randomNormal([POINTS, 2], { seed: scalars.seed(), step: scalars.step(), stream });
    const velocity = this.#teacher.backbone.velocity(student.parameters);
    const generator = { velocity, rows: read(this.#rows) };
    const times = studentTimes(steps).map((_, index) => scalars.time(index));
    const noises = times.map((_, index) =>
      noise(index === 0 ? STREAMS.initialNoise : STREAMS.simulationNoise + index),
    );
    const gen = generatorStep(
      generator,
      simulate(generator, { times, noises }),
      scalars.time(steps - 1),
    );
    const tau = broadcastTo(setting('picture.tau'), [POINTS]);
    return {
      name: `cloud of ${steps} steps`,
      assign: [
        { variable: this.#points, value: gen },
        { variable: this.#renoised, value: renoise(gen, tau, noise(STREAMS.caNoise)) },
      ],
    };
  }

  #arrows(trainer: Trainer, arrows: MixtureLook['arrows']): ProgramSpec {
    const count = this.#count({ arrows });
    const [x, rows] =
      arrows === 'grid'
        ? [read(this.#grid), read(this.#gridRows)]
        : [read(firstRows(this.#renoised, count)), read(firstRows(this.#rows, count))];
    const tau = broadcastTo(setting('picture.tau'), [count]);
    const { backbone, velocity, nullRows } = this.#teacher;
    const cond = { x, tau, rows };
    const uncond = { ...cond, rows: repeatRows(read(nullRows), count) };
    const [realCond = x, realUncond = x] = cleanPredictions(velocity, [cond, uncond]);
    const raw = { gen: x, realCond, weight: constant(1), normalise: constant(0) };
    const ca = cfgAugmentation({ ...raw, realUncond, guidanceScale: scalars.guidanceScale() });
    const assign = [{ variable: firstRows(this.#ca, count), value: ca }];
    if (trainer.has('critic')) {
      const critic = backbone.velocity(trainer.critic.parameters);
      const [fakeCond = x] = cleanPredictions(critic, [cond]);
      const dm = distributionMatching({ ...raw, fakeCond });
      assign.push({ variable: firstRows(this.#dm, count), value: dm });
    }
    return { name: `arrows, ${arrows}`, assign };
  }

  #program(key: string, build: () => ProgramSpec): Promise<Executable> {
    let program = this.#programs.get(key);
    if (!program) {
      program = this.#engine.prepare(build());
      this.#programs.set(key, program);
      // A failure is not remembered: memory may be there the next time.
      program.catch(() => this.#programs.delete(key));
    }
    return program;
  }
}

const none = () => new Float32Array();
