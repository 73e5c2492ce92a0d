import type { Teacher } from '../distill/networks';
import { Sampler, type Grid } from '../distill/sampler';
import type { Engine } from '../graph/engine';
import { variable, type Variable } from '../graph/tensor';
import { ParameterSet } from '../models/parameters';

/** Weights as they were when they were held; whoever holds them lets them go. */
export interface HeldWeights {
  readonly flat: Variable;
  release(): void;
}

/** Copies weights on the GPU, so that training goes on while they are drawn with. */
export const holdWeights = (engine: Engine, { flat, layout }: ParameterSet): HeldWeights => {
  const copy = variable('held weights', [layout.size]);
  engine.memory.copy(flat, copy);
  return {
    flat: copy,
    release: () => {
      engine.memory.free([copy]);
    },
  };
};

/**
 * Draws grids of one size for any number of students with one set of programs: the weights are
 * copied to where the programs read them. One drawing after another.
 */
export class Easel {
  readonly count: number;
  readonly #engine: Engine;
  readonly #teacher: Teacher;
  readonly #sampler: Sampler;
  readonly #weights: ParameterSet;
  #tail: Promise<unknown> = Promise.resolve();

  /** `count` images a grid. */
  constructor(engine: Engine, teacher: Teacher, count: number) {
    this.count = count;
    this.#engine = engine;
    this.#teacher = teacher;
    this.#sampler = new Sampler(engine, teacher, count);
    this.#weights = new ParameterSet('drawn student', teacher.backbone.layout);
  }

  /** Shape of a grid: (count, channels, height, width). */
  get shape(): readonly [number, number, number, number] {
    const [count = 1, channels = 1, height = 1, width = 1] = this.#sampler.shape;
    return [count, channels, height, width];
  }

  /** Images of a few-step generator with these weights. */
  fewStep(weights: Variable, steps: number, grid: Grid): Promise<Float32Array<ArrayBuffer>> {
    return this.#inTurn(() => {
      this.#engine.memory.copy(weights, this.#weights.flat);
      return this.#sampler.fewStep(this.#weights, steps, grid);
    });
  }

  /** Images of the teacher in one step, without guidance. */
  teacherOneStep(grid: Grid): Promise<Float32Array<ArrayBuffer>> {
    const { velocity, parameters } = this.#teacher;
    // Where the parameters are the teacher's own, its step is that of a student.
    return typeof velocity === 'function'
      ? this.fewStep(parameters.flat, 1, grid)
      : this.guided(1, 1, grid);
  }

  /** Images of the teacher by Euler steps with guidance. */
  guided(steps: number, guidance: number, grid: Grid): Promise<Float32Array<ArrayBuffer>> {
    return this.#inTurn(() => this.#sampler.guided(steps, guidance, grid));
  }

  /** Frees its memory when the drawings under way are done. */
  async destroy(): Promise<void> {
    await this.#tail;
    await this.#sampler.destroy();
    this.#engine.memory.free([this.#weights.flat]);
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#tail.then(work);
    this.#tail = turn.catch(() => undefined);
    return turn;
  }
}
