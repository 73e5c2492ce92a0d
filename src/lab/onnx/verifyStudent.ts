import { PhiloxStream } from '../../graph/philox';
import { tensorSize, read } from '../../graph/tensor';
import { roundToFloat16 } from '../../interchange/onnx/parameters';
import type { OnnxValue } from '../../interchange/onnx/session';
import { dropOut } from '../../tasks/promptDropout';
import type { Student } from '../studentFile';
import { studentGraph } from './studentGraph';
import { promptInput, type StudentOnnxOptions } from './studentOnnx';
import {
  compareWithEngine,
  type Comparison,
  type Verification,
  type VerifyRuntime,
} from './verify';

/** Images a run where the file takes any number. */
const IMAGES = 4;

/** What may differ, relative to the largest value: one step, and several, each of which adds to it. */
const TOLERANCE = { one: 1e-4, several: 1e-3 } as const;

/**
 * Runs a student's file with ONNX Runtime and the student with the engine, as `studentComparison` says.
 * `options` are those that the file was written with. Throws OnnxError and GpuError.
 */
export const verifyStudent = (
  runtime: VerifyRuntime,
  student: Student,
  file: Uint8Array<ArrayBuffer>,
  options: StudentOnnxOptions,
): Promise<Verification> => compareWithEngine(runtime, file, studentComparison(student, options));

/**
 * The same noise and prompts (some with attributes left open) for a student and its file, drawn by
 * `seed`; a float16 file is compared with the rounded weights.
 */
export const studentComparison = (
  student: Student,
  { form, batch, precision }: StudentOnnxOptions,
  seed = 1,
): Comparison => {
  const { task, network, config } = student;
  const { steps } = config.student;
  const images = batch === 'dynamic' ? IMAGES : batch;
  const graph = studentGraph(network, form, steps, images);
  const random = new PhiloxStream(seed, 0, 0);
  const prompts = task
    .samplePrompts(random, images)
    .map((prompt) => dropOut(task.prompts, prompt, random));
  const noise = new PhiloxStream(seed, 0, 1);
  const samples = Float32Array.from({ length: tensorSize(read(graph.samples)) }, () =>
    noise.normal(),
  );
  const t = Float32Array.from({ length: images }, (_, image) => image / images);
  const flat = precision === 'float16' ? roundToFloat16(student.flat) : student.flat;
  const inputs: Record<string, OnnxValue> = {
    [form === 'network' ? 'x_t' : 'noise']: {
      type: 'float32',
      shape: graph.samples.shape,
      data: samples,
    },
    ...(graph.t && { t: { type: 'float32', shape: graph.t.shape, data: t } as const }),
    prompt: promptInput(task.prompts, prompts),
  };
  return {
    outputs: { [form === 'network' ? 'x0' : 'image']: graph.images },
    held: [
      [graph.parameters.flat, flat],
      [graph.samples, samples],
      [graph.rows, task.prompts.rowsOf(prompts)],
      ...(graph.t ? [[graph.t, t] as const] : []),
    ],
    inputs,
    ...(form === 'generator' && { finish: toUnit }),
    images,
    tolerance: form === 'network' || steps === 1 ? TOLERANCE.one : TOLERANCE.several,
  };
};

/** What a generator's file does to its images: from [-1, 1] to [0, 1], clipped. */
const toUnit = (value: number): number => Math.min(Math.max((value + 1) / 2, 0), 1);
