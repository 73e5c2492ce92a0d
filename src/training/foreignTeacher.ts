import type { Gpu } from '../gpu/gpu';
import { Engine } from '../graph/engine';
import type { KernelChoice } from '../graph/kernel';
import type { OnnxSession } from '../interchange/onnx/session';
import { checkForeign, type ForeignChecks } from '../lab/foreign/checks';
import { ForeignNetwork } from '../lab/foreign/network';
import type { ForeignTeacher } from '../lab/foreign/source';
import type { ForeignTeacherSpec } from '../lab/foreign/spec';
import { uploadTeacher, type TeacherFile } from '../lab/teacher';
import type { DitConfig } from '../models/dit/config';
import type { OpenTask } from '../tasks/task';
import { trainingData } from '../tasks/trainingData';
import { parseForeignStart, type ForeignStart } from './foreignStart';
import { imitate, type ImitationControl } from './imitation';
import { initialWeights } from './initialWeights';
import { networkOf } from './recipe';

/** A network made elsewhere, and what it is to teach. */
export interface ForeignRequest {
  readonly gpu: Gpu;
  readonly choice: KernelChoice;
  readonly task: OpenTask;
  /** The network's file, and the session that runs it; both stay the caller's. */
  readonly file: ArrayBuffer;
  readonly session: OnnxSession;
  readonly spec: ForeignTeacherSpec;
}

/** Puts the network and students at `flat` on an engine of their own, for as long as `work` takes. */
const withTeacher = async <Result>(
  { gpu, choice, task, session, spec }: ForeignRequest,
  config: DitConfig,
  flat: Float32Array<ArrayBuffer>,
  work: (engine: Engine, teacher: ForeignTeacher) => Promise<Result>,
): Promise<Result> => {
  const engine = new Engine(gpu, choice);
  try {
    const velocity = new ForeignNetwork(engine, session, spec, task);
    const teacher = await gpu.checked('the start of the students', () => ({
      ...uploadTeacher(engine, { config, flat }),
      velocity,
    }));
    return await work(engine, teacher);
  } finally {
    engine.destroy();
  }
};

/**
 * Tries a network made elsewhere on a few samples. Throws ForeignSpecError or ForeignTeacherError where
 * it cannot teach this task.
 */
export const examineForeign = (request: ForeignRequest): Promise<ForeignChecks> => {
  const { size } = request.task;
  // Its students only lend their shapes, so the smallest will do.
  const patch = [32, 16, 8, 4, 2].find((edge) => size % edge === 0) ?? 1;
  const least = parseForeignStart({ width: 4, depth: 1, heads: 1, patch });
  const config = networkOf(least, request.task);
  return withTeacher(request, config, initialWeights(config, least.seed), (engine, teacher) =>
    checkForeign(engine, teacher, request.task),
  );
};

/** A start that was made before, and its error. */
export interface ForeignImitated {
  readonly flat: Float32Array<ArrayBuffer>;
  readonly error: number;
}

/**
 * Makes a network a teacher: its students' weights are drawn from the seed and imitate it. `done`: the
 * imitation of a run that goes on. Throws RecipeError for sizes that
 * do not go with the task.
 */
export const openForeignTeacher = async (
  request: ForeignRequest,
  start: ForeignStart,
  control: ImitationControl = {},
  done?: ForeignImitated,
): Promise<TeacherFile> => {
  const { task, file, session, spec } = request;
  const { seed, steps, batch, learningRate } = start;
  const config = networkOf(start, task);
  const options = { seed, steps, batch, learningRate };
  const { flat, error } =
    done ??
    (await withTeacher(request, config, initialWeights(config, seed), async (engine, teacher) => {
      const { images } = trainingData(task);
      const reached = await imitate(engine, teacher, images, options, control);
      return { flat: await engine.memory.read(teacher.parameters.flat), error: reached };
    }));
  return { task, config, flat, file, foreign: { spec, session, imitation: { ...options, error } } };
};
