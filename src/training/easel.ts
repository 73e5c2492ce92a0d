import type { Teacher } from '../distill/networks';
import type { Engine } from '../graph/engine';
import { PhiloxStream } from '../graph/philox';
import { Easel } from '../lab/easel';
import { uploadTeacher } from '../lab/teacher';
import type { DitConfig } from '../models/dit/config';
import { ditLayout } from '../models/dit/parameters';
import type { ParameterSet } from '../models/parameters';
import type { Prompt } from '../tasks/promptSpace';
import type { ImageTask } from '../tasks/task';

/** Euler steps of pictures drawn while a teacher trains. */
const SAMPLE_STEPS = 25;
/** Prompts and noise of these pictures: the same for every training. */
const SAMPLE_SEED = 1;

/** Draws the same prompts from the same noise with a teacher in training, as it is at the moment. */
export class TeacherEasel {
  readonly prompts: readonly Prompt[];
  readonly #engine: Engine;
  readonly #teacher: Teacher;
  readonly #easel: Easel;
  readonly #rows: Int32Array<ArrayBuffer>;

  /** `count` pictures a drawing. */
  constructor(engine: Engine, task: ImageTask, network: DitConfig, count: number) {
    const flat = new Float32Array(ditLayout(network).size);
    this.#engine = engine;
    this.prompts = task.samplePrompts(new PhiloxStream(SAMPLE_SEED, 0, 0), count);
    this.#rows = task.prompts.rowsOf(this.prompts);
    this.#teacher = uploadTeacher(engine, { config: network, flat });
    this.#easel = new Easel(engine, this.#teacher, count);
  }

  /** Shape of a drawing: (count, channels, height, width). */
  get shape(): readonly [number, number, number, number] {
    return this.#easel.shape;
  }

  /** Pictures by Euler steps with guidance; one drawing after another. */
  draw({ flat }: ParameterSet, guidance: number): Promise<Float32Array<ArrayBuffer>> {
    this.#engine.memory.copy(flat, this.#teacher.parameters.flat);
    const grid = { rows: this.#rows, count: this.prompts.length, seed: SAMPLE_SEED };
    return this.#easel.guided(SAMPLE_STEPS, guidance, grid);
  }

  /** Frees its memory when the drawings under way are done. */
  async destroy(): Promise<void> {
    await this.#easel.destroy();
    this.#engine.memory.free([this.#teacher.parameters.flat, this.#teacher.nullRows]);
  }
}
