import { parseConfig, type DistillConfig, type TauRange } from '../../../src/distill/config';
import type { TrainingData } from '../../../src/distill/data';
import { CRITIC_TAU } from '../../../src/distill/settings';
import { randomStep, STREAMS } from '../../../src/distill/streams';
import { PhiloxStream } from '../../../src/graph/philox';
import { nullRowsOf, type TeacherFile } from '../../../src/lab/teacher';
import { trainingData } from '../../../src/tasks/trainingData';
import { normal, type HostTensor } from './tensor';
import { weightsOf, type Weights } from './weights';

/** Noise levels (B) and noise (B, 3, H, W) to renoise images with. */
export interface RenoiseDraws {
  readonly tau: HostTensor;
  readonly noise: HostTensor;
}

/** What the student generates from: prompts (B, A) and noise (B, 3, H, W). */
export interface GenerateDraws {
  readonly rows: Int32Array<ArrayBuffer>;
  readonly noise: HostTensor;
}

/** One iteration of CA + DM with a one-step student, and every draw of the first one. */
export interface IterationProblem {
  readonly teacher: TeacherFile;
  /** For the trainer, which makes its draws itself. */
  readonly config: DistillConfig;
  readonly data: TrainingData;
  /** The teacher's, with which the student begins. */
  readonly weights: Weights;
  /** What the critic begins with, flat and by name. A copy of the teacher would make DM zero. */
  readonly criticFlat: Float32Array<ArrayBuffer>;
  readonly criticWeights: Weights;
  readonly student: GenerateDraws & { readonly ca: RenoiseDraws; readonly dm: RenoiseDraws };
  readonly critic: readonly (GenerateDraws & { readonly look: RenoiseDraws })[];
  /** Prompts (3 B, A) of what the teacher is asked at once: CA with and without prompt, DM. */
  readonly teacherRows: Int32Array<ArrayBuffer>;
}

/** How far a critic under way is from its teacher, here: a share of every weight. */
const CRITIC_DISTANCE = 0.02;
const CRITIC_STREAM = 1000;

/** tau = hi - w (hi - lo) in f32, w uniform: `UNIFORM` of shaders/distill/tau_level.wgsl. */
const noiseLevels = (batch: number, { lo, hi }: TauRange, draws: PhiloxStream): HostTensor => ({
  shape: [batch],
  data: Float32Array.from({ length: batch }, () => hi - draws.uniform() * (hi - lo)),
});

/** The draws of a trainer's first iteration, made on the host from the same Philox addresses. */
export const iterationProblem = (
  teacher: TeacherFile,
  batch: number,
  criticUpdates: number,
): IterationProblem => {
  const config = parseConfig({ batch, student: { steps: 1 }, critic: { updates: criticUpdates } });
  const { seed, terms, prompts } = config;
  const { channels, height, imageWidth } = teacher.config;
  const images = [batch, channels, height, imageWidth];
  // CA and DM need no real images.
  const data = trainingData({ ...teacher.task, images: null });
  const generate = (step: number): GenerateDraws => ({
    rows: data.prompts(new PhiloxStream(seed, STREAMS.prompts, step), batch, prompts),
    noise: normal(images, seed, STREAMS.initialNoise, step),
  });
  const look = (range: TauRange, tau: number, noise: number, step: number): RenoiseDraws => ({
    tau: noiseLevels(batch, range, new PhiloxStream(seed, tau, step)),
    noise: normal(images, seed, noise, step),
  });
  const first = randomStep(0, 'student', 0);
  const student = {
    ...generate(first),
    ca: look(terms.ca.tau, STREAMS.caTau, STREAMS.caNoise, first),
    dm: look(terms.dm.tau, STREAMS.dmTau, STREAMS.dmNoise, first),
  };
  const unprompted = Array.from({ length: batch }, () => [...nullRowsOf(teacher.config)]).flat();
  const away = normal([teacher.flat.length], seed, CRITIC_STREAM, 0).data;
  const criticFlat = teacher.flat.map((w, i) => w * (1 + CRITIC_DISTANCE * (away[i] ?? 0)));
  return {
    teacher,
    config,
    data,
    weights: weightsOf(teacher.config, teacher.flat),
    criticFlat,
    criticWeights: weightsOf(teacher.config, criticFlat),
    student,
    critic: Array.from({ length: criticUpdates }, (_, update) => {
      const step = randomStep(0, 'critic', update + 1);
      const { criticTau, criticNoise } = STREAMS;
      return { ...generate(step), look: look(CRITIC_TAU, criticTau, criticNoise, step) };
    }),
    teacherRows: Int32Array.from([...student.rows, ...unprompted, ...student.rows]),
  };
};
