import type { Engine } from '../graph/engine';
import type { DispatchTimer } from '../graph/executable';
import type { HostArray } from '../graph/memory';
import type { Recording, Settings } from '../graph/recording';
import type { Variable } from '../graph/tensor';
import type { StagedProgram } from './staged';

type Values = Promise<Float32Array<ArrayBuffer>[]>;

interface Run {
  readonly staged: StagedProgram;
  readonly settings: Settings;
  readonly inputs: readonly (readonly [Variable, HostArray])[];
  readonly rows: Int32Array<ArrayBuffer> | undefined;
}

/**
 * Runs of programs in order, in one submission; a question to a teacher outside of the graph ends one,
 * and what follows is submitted when it is answered.
 */
export class Sequence {
  readonly #engine: Engine;
  readonly #runs: Run[] = [];
  readonly #reads: Variable[] = [];

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Whether a question interrupts it. */
  get asksOutside(): boolean {
    return this.#runs.some(({ staged }) => staged.before);
  }

  /** Adds a run with its scalars and the inputs to upload before it; `rows`: a question's prompts. */
  run(
    staged: StagedProgram,
    settings: Settings = {},
    inputs: Run['inputs'] = [],
    rows?: Int32Array<ArrayBuffer>,
  ): this {
    this.#runs.push({ staged, settings, inputs, rows });
    return this;
  }

  /** Asks for the values of an f32 variable after all runs. */
  read(variable: Variable): this {
    this.#reads.push(variable);
    return this;
  }

  /**
   * Submits, before it returns where nothing is asked outside; `onSubmitted` is called together with
   * the last submission. Resolves to the values asked for. Rejects where a question finds no answer,
   * and submits nothing after it.
   */
  submit(timer?: DispatchTimer, onSubmitted?: () => void): Values {
    return this.#goOn(this.#engine.record(), 0, timer, onSubmitted);
  }

  #goOn(recording: Recording, from: number, timer?: DispatchTimer, done?: () => void): Values {
    for (const [index, run] of this.#runs.entries()) {
      if (index < from) continue;
      const { staged, settings, inputs } = run;
      if (staged.before) {
        return this.#answer(run, recording, timer).then(() => {
          const rest = this.#engine.record().run(staged.program, settings);
          return this.#goOn(rest, index + 1, timer, done);
        });
      }
      recording.run(staged.program, settings, inputs);
    }
    for (const variable of this.#reads) recording.read(variable);
    const values = recording.submit(timer);
    done?.();
    return values;
  }

  /** Submits what is recorded with a question, and resolves when that is answered. */
  async #answer(
    { staged: { before }, settings, inputs, rows }: Run,
    recording: Recording,
    timer?: DispatchTimer,
  ): Promise<void> {
    if (!before || !rows) throw new RangeError('A question to the teacher needs its prompts.');
    await recording.run(before.program, settings, inputs).submit(timer);
    await before.outside.evaluate(before.question, rows);
  }
}
