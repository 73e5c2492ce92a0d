import type { CompileProgress, Engine } from '../graph/engine';
import type { Executable, ProgramCost } from '../graph/executable';
import { concat } from '../graph/ops/views';
import type { Assignment, ProgramSpec } from '../graph/plan/program';
import { read, variable, type Tensor, type Variable } from '../graph/tensor';
import { repeatRows, split, velocitiesAt, type Point, type Teacher } from './networks';
import type { OutsideVelocity, Question } from './outside';

/** Where a teacher is asked: samples x (B, ...) at noise levels tau (B). */
export interface Query {
  readonly x: Tensor;
  readonly tau: Tensor;
  /** Prompts (B, A); null: the null prompt. */
  readonly rows: Tensor | null;
}

/** Where a network is asked what a teacher is: the null prompt in rows. */
export const pointOf = ({ x, tau, rows }: Query, { nullRows }: Teacher): Point => ({
  x,
  tau,
  rows: rows ?? repeatRows(read(nullRows), x.shape[0] ?? 1),
});

/** Velocities of a teacher at several points, shaped like their x and evaluated as one batch. */
export type Ask = (queries: readonly Query[]) => Tensor[];

/** What has to be done before a program: its question is computed, then answered outside. */
interface Cut<Program> {
  readonly program: Program;
  readonly question: Question;
  readonly outside: OutsideVelocity;
}

/** A program, and where it was cut; `before` is null where the graph answers by itself. */
interface Staged<Program> {
  readonly before: Cut<Program> | null;
  readonly program: Program;
}

export type StagedSpec = Staged<ProgramSpec>;

/** A program that asks no teacher. */
export const unstaged = (program: ProgramSpec): StagedSpec => ({ before: null, program });

/**
 * Builds a program that asks a teacher. Where the teacher is outside of the graph, the program is cut
 * in two: the first computes the question, the second goes on with the answer, and computes anew what
 * of the graph before the cut it needs (its gradients do). Throws a RangeError where it asks twice.
 */
export const staged = (teacher: Teacher, build: (ask: Ask) => ProgramSpec): StagedSpec => {
  const { velocity } = teacher;
  if (typeof velocity === 'function') {
    const ask: Ask = (queries) =>
      velocitiesAt(
        velocity,
        queries.map((query) => pointOf(query, teacher)),
      );
    return unstaged(build(ask));
  }
  const asked: { readonly question: Question; readonly assign: readonly Assignment[] }[] = [];
  const program = build((queries) => {
    if (queries.length === 0) return [];
    const x = concat(
      queries.map((query) => query.x),
      0,
    );
    const tau = concat(
      queries.map((query) => query.tau),
      0,
    );
    const given = velocity.ask(x, tau);
    const question: Question = {
      x: variable('question', given.x.shape),
      t: variable('question times', given.t.shape),
      answer: variable('answer', velocity.answerShape(x.shape[0] ?? 1)),
      prompted: queries.map(({ rows }) => rows !== null),
    };
    const assign = [
      { variable: question.x, value: given.x },
      { variable: question.t, value: given.t },
    ];
    asked.push({ question, assign });
    return split(
      velocity.hear(read(question.answer), x, tau),
      queries.map((query) => query.x.shape[0] ?? 1),
    );
  });
  const [cut, ...more] = asked;
  if (more.length > 0) throw new RangeError(`${program.name} asks the teacher twice.`);
  if (!cut) return unstaged(program);
  const { question, assign } = cut;
  const asking = { name: `${program.name}, question`, assign };
  return { before: { program: asking, question, outside: velocity }, program };
};

/** A staged program with compiled pipelines. Whoever prepares it destroys it. */
export class StagedProgram implements Staged<Executable> {
  readonly before: Cut<Executable> | null;
  readonly program: Executable;
  readonly #engine: Engine;

  private constructor(engine: Engine, before: Cut<Executable> | null, program: Executable) {
    this.#engine = engine;
    this.before = before;
    this.program = program;
  }

  /** Prepares programs at once, all of them or none. Throws what `Engine.prepareAll` throws. */
  static async prepareAll(
    engine: Engine,
    specs: readonly StagedSpec[],
    onProgress?: CompileProgress,
  ): Promise<StagedProgram[]> {
    const parts = specs.flatMap(({ before, program }) =>
      before ? [before.program, program] : [program],
    );
    const ready = await engine.prepareAll(parts, onProgress);
    const next = (): Executable => {
      const program = ready.shift();
      if (!program) throw new RangeError('A program was not prepared.');
      return program;
    };
    return specs.map(
      ({ before }) => new StagedProgram(engine, before && { ...before, program: next() }, next()),
    );
  }

  /** Prepares one program. */
  static async prepare(engine: Engine, spec: StagedSpec): Promise<StagedProgram> {
    const [program] = await StagedProgram.prepareAll(engine, [spec]);
    if (!program) throw new RangeError('A program was not prepared.');
    return program;
  }

  /** What both parts cost; what is outside is not known here. */
  get cost(): ProgramCost {
    const parts = [...(this.before ? [this.before.program.cost] : []), this.program.cost];
    const sum = (of: (cost: ProgramCost) => number) => parts.reduce((all, one) => all + of(one), 0);
    const most = (of: (cost: ProgramCost) => number) => Math.max(...parts.map(of));
    return {
      dispatches: sum((cost) => cost.dispatches),
      flops: sum((cost) => cost.flops),
      temporaryBytes: most((cost) => cost.temporaryBytes),
      temporaryBytesWithoutReuse: most((cost) => cost.temporaryBytesWithoutReuse),
      temporaryBytesNeeded: most((cost) => cost.temporaryBytesNeeded),
    };
  }

  destroy(): void {
    this.before?.program.destroy();
    this.program.destroy();
    if (this.before) this.#engine.memory.free(questionVariables(this.before.question));
  }
}

const questionVariables = ({ x, t, answer }: Question): Variable[] => [x, t, answer];
