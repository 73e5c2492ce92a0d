import { generatorStep, simulate } from '../../distill/generate';
import { studentTimes } from '../../distill/schedule';
import { cleanPrediction } from '../../flow/cleanPrediction';
import { constant, read, variable, type Tensor, type Variable } from '../../graph/tensor';
import { reshape, slice } from '../../graph/ops/views';
import { ditBackbone } from '../../models/dit/backbone';
import { imageShape, type DitConfig } from '../../models/dit/config';
import { ParameterSet } from '../../models/parameters';

/** What a file computes: one clean prediction, or the whole few-step sampler. */
export const STUDENT_FORMS = ['network', 'generator'] as const;
export type StudentForm = (typeof STUDENT_FORMS)[number];

/** A student as a graph that reads its inputs from variables; what is exported is also what is run. */
export interface StudentGraph {
  readonly parameters: ParameterSet;
  /** Images x_t (B, C, H, W), or noise (N, B, C, H, W): the initial one, then that of each renoising. */
  readonly samples: Variable;
  /** (B); null for a generator, which has its own times. */
  readonly t: Variable | null;
  /** Prompts as rows of the embedding table, i32 (B, A). */
  readonly rows: Variable;
  /** (B, C, H, W), about -1 to 1. */
  readonly images: Tensor;
}

/**
 * Builds the graph of a student for a batch.
 *
 * - network: xhat = x_t + (1 - t) v(x_t, t), the clean prediction.
 * - generator: `steps` of them, from noise, renoising in between: x_(t_(k+1)) = t xhat + (1 - t) noise.
 */
export const studentGraph = (
  config: DitConfig,
  form: StudentForm,
  steps: number,
  batch: number,
): StudentGraph => {
  const backbone = ditBackbone(config);
  const parameters = new ParameterSet('student', backbone.layout);
  const velocity = backbone.velocity(parameters);
  const shape = imageShape(config, batch);
  const rows = variable('prompt rows', [batch, backbone.promptRows], 'i32');
  if (form === 'network') {
    const [samples, t] = [variable('x_t', shape), variable('t', [batch])];
    const input = { x: read(samples), t: read(t), rows: read(rows) };
    const images = cleanPrediction(input.x, input.t, velocity(input));
    return { parameters, samples, t, rows, images };
  }
  const samples = variable('noise', [steps, ...shape]);
  const all = read(samples);
  const times = studentTimes(steps).map(constant);
  const noises = times.map((_, step) => reshape(slice(all, 0, step, 1), shape));
  const generator = { velocity, rows: read(rows) };
  const z = simulate(generator, { times, noises });
  const images = generatorStep(generator, z, times.at(-1) ?? constant(0));
  return { parameters, samples, t: null, rows, images };
};
