import { eulerTimes } from '../flow/euler';
import type { Engine } from '../graph/engine';
import type { Settings } from '../graph/recording';
import { randomNormal } from '../graph/ops/random';
import type { Shape } from '../graph/shape';
import { read, variable, type Tensor, type Variable } from '../graph/tensor';
import type { ParameterSet } from '../models/parameters';
import { generatorStep, simulate } from './generate';
import { guidedStep } from './guidedStep';
import type { Teacher } from './networks';
import { studentTimes } from './schedule';
import { Sequence } from './sequence';
import { scalars } from './settings';
import { staged, StagedProgram, type Ask } from './staged';
import { STREAMS } from './streams';

/** The prompts and noise of a grid: every sampler draws from the same. */
export interface Grid {
  /** Prompts as rows of the attribute table, (count, attributes) row by row. */
  readonly rows: Int32Array<ArrayBuffer>;
  readonly count: number;
  readonly seed: number;
}

/** The stream of a grid's noise: of the first step, or of the renoising before a later one. */
export const gridStream = (step: number): number =>
  step === 0 ? STREAMS.initialNoise : STREAMS.simulationNoise + step;

/** Draws the same grid of images by different samplers. Whoever makes it destroys it. */
export class Sampler {
  readonly #engine: Engine;
  readonly #teacher: Teacher;
  readonly #count: number;
  readonly #rows: Variable;
  readonly #images: Variable;
  readonly #programs = new Map<string, Promise<StagedProgram>>();

  /** `count` images a grid. */
  constructor(engine: Engine, teacher: Teacher, count: number) {
    this.#engine = engine;
    this.#teacher = teacher;
    this.#count = count;
    this.#rows = variable('grid prompts', [count, teacher.backbone.promptRows], 'i32');
    this.#images = variable('grid images', this.shape);
  }

  /** Shape of a grid: (count, ...), of images (count, channels, height, width). */
  get shape(): Shape {
    return [this.#count, ...this.#teacher.backbone.sampleShape];
  }

  /** Images of a few-step generator: `steps` steps from noise, renoising in between. */
  async fewStep(
    parameters: ParameterSet,
    steps: number,
    grid: Grid,
  ): Promise<Float32Array<ArrayBuffer>> {
    const program = await this.#program(`${parameters.flat.name} ${steps}`, () => {
      const generator = {
        velocity: this.#teacher.backbone.velocity(parameters),
        rows: read(this.#rows),
      };
      const times = studentTimes(steps).map((_, index) => scalars.time(index));
      const noises = times.map((_, index) => this.#noise(index));
      const z = simulate(generator, { times, noises });
      return generatorStep(generator, z, scalars.time(steps - 1));
    });
    const times = Object.fromEntries(studentTimes(steps).map((t, index) => [`time.${index}`, t]));
    const [images] = await new Sequence(this.#engine)
      .run(program, { ...this.#address(grid), ...times }, [[this.#rows, grid.rows]])
      .read(this.#images)
      .submit();
    return images ?? new Float32Array();
  }

  /** Images of the teacher: `steps` Euler steps with guidance. */
  async guided(
    steps: number,
    guidanceScale: number,
    grid: Grid,
  ): Promise<Float32Array<ArrayBuffer>> {
    const [begin, advance] = await Promise.all([
      this.#program('noise', () => this.#noise(0)),
      this.#program('euler', (ask) => guidedStep({ ask, images: this.#images, rows: this.#rows })),
    ]);
    const { memory } = this.#engine;
    await new Sequence(this.#engine)
      .run(begin, this.#address(grid), [[this.#rows, grid.rows]])
      .submit();
    // A submission a step: a slow adapter is never blocked for a whole trajectory.
    for (const t of eulerTimes(steps)) {
      const settings = { 'euler.t': t, 'euler.dt': 1 / steps, guidanceScale };
      await new Sequence(this.#engine).run(advance, settings, [], grid.rows).submit();
    }
    return memory.read(this.#images);
  }

  /** Frees the grids' memory. */
  async destroy(): Promise<void> {
    const programs = await Promise.allSettled(this.#programs.values());
    for (const program of programs) if (program.status === 'fulfilled') program.value.destroy();
    this.#engine.memory.free([this.#rows, this.#images]);
  }

  #address({ seed }: Grid): Settings {
    return { seed: { u32: seed }, step: { u32: 0 } };
  }

  #noise(index: number): Tensor {
    const source = { seed: scalars.seed(), step: scalars.step(), stream: gridStream(index) };
    return randomNormal(this.shape, source);
  }

  #program(name: string, build: (ask: Ask) => Tensor): Promise<StagedProgram> {
    let program = this.#programs.get(name);
    if (!program) {
      const spec = staged(this.#teacher, (ask) => ({
        name: `sample ${name}`,
        assign: [{ variable: this.#images, value: build(ask) }],
      }));
      program = StagedProgram.prepare(this.#engine, spec);
      this.#programs.set(name, program);
      // A failure is not remembered: memory may be there the next time.
      program.catch(() => this.#programs.delete(name));
    }
    return program;
  }
}
