import type { Gpu } from '../../src/gpu/gpu';
import type { KernelChoice } from '../../src/graph/kernel';
import { parseLabConfig } from '../../src/lab/config';
import { parseEvaluationOptions } from '../../src/lab/evaluationOptions';
import { Lab } from '../../src/lab/lab';
import type { TeacherFile } from '../../src/lab/teacher';
import type { OpenTask } from '../../src/tasks/task';
import { initialWeights } from '../../src/training/initialWeights';
import { countCalls, type BufferBytes } from '../counts';
import { gflopsOf, summarise, timed, type Times } from '../statistics';
import { networkOf, type Axis, type LabSize } from './sizes';

/** What one round of a lab costs: an iteration of each of its arms. */
export interface GrowthRow {
  readonly size: LabSize;
  /** Of one student. */
  readonly parameters: number;
  readonly times: Times;
  readonly dispatches: number;
  readonly submissions: number;
  /** Bytes of GPU buffers that the lab holds while it trains. */
  readonly gpuBytes: number;
  readonly flops: number;
  readonly gflops: number;
}

/** How a lab grows along one axis. */
export interface GrowthReport {
  readonly axis: Axis;
  readonly rows: readonly GrowthRow[];
}

/** What all labs are made of. */
export interface GrowthMaterial {
  readonly gpu: Gpu;
  readonly choice: KernelChoice;
  /** Its sizes where they are not what grows, and its task. */
  readonly teacher: TeacherFile;
  readonly task: OpenTask;
  /** What follows the buffers of the GPU. */
  readonly bytes: () => BufferBytes;
}

/** A lab that has trained a round. */
interface Contestant {
  readonly lab: Lab;
  readonly cost: Omit<GrowthRow, 'times' | 'gflops'>;
  /** Milliseconds of each timed round. */
  readonly times: number[];
}

const SEED = 1;

/** A teacher of a lab's sizes; what it draws is no matter, only what it costs. */
const teacherOf = (size: LabSize, own: TeacherFile): TeacherFile => {
  const config = networkOf(size, own.config);
  return { ...own, config, flat: initialWeights(config, SEED) };
};

/** Makes a lab and trains one round of it, which warms up and is counted. */
const prepare = async (
  { gpu, choice, teacher, task, bytes }: GrowthMaterial,
  size: LabSize,
): Promise<Contestant> => {
  const before = bytes().live;
  const arms = Array.from({ length: size.arms }, (_, index) => ({
    id: `arm-${index + 1}`,
    name: `Arm ${index + 1}`,
  }));
  const lab = await Lab.create({
    ...{ gpu, choice, task, judge: null },
    teacher: teacherOf(size, teacher),
    grid: { prompts: [task.prompts.nullPrompt], seed: SEED },
    config: parseLabConfig({ batch: size.batch, arms }),
    evaluation: parseEvaluationOptions({ every: 0 }),
  });
  const { dispatches, submissions } = await countCalls(gpu.device, () => lab.iterate());
  const cost = {
    ...{ size, dispatches, submissions },
    parameters: lab.parameterCount,
    gpuBytes: bytes().live - before,
    flops: arms.reduce((sum, { id }) => sum + lab.cost(id).flops, 0),
  };
  return { lab, cost, times: [] };
};

/**
 * Times rounds of labs of these sizes in turns, each awaited before the next begins: all labs live at
 * once. Throws GpuError where there is no memory for them.
 */
export const measureAlong = async (
  axis: Axis,
  sizes: readonly LabSize[],
  material: GrowthMaterial,
  repetitions: number,
): Promise<GrowthReport> => {
  const contestants: Contestant[] = [];
  try {
    for (const size of sizes) contestants.push(await prepare(material, size));
    for (let repetition = 0; repetition < repetitions; repetition++) {
      for (const { lab, times } of contestants) times.push(await timed(() => lab.iterate()));
    }
    const rows = contestants.map(({ cost, times }): GrowthRow => {
      const summary = summarise(times);
      return { ...cost, times: summary, gflops: gflopsOf(cost.flops, summary.median) };
    });
    return { axis, rows };
  } finally {
    for (const { lab } of contestants) await lab.destroy();
  }
};
