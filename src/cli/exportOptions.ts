import { STUDENT_FORMS, type StudentForm } from '../lab/onnx/studentGraph';
import type { StudentOnnxOptions } from '../lab/onnx/studentOnnx';
import { WEIGHT_PRECISIONS, type WeightPrecision } from '../interchange/onnx/parameters';
import { parseArguments, UsageError, wholeNumber } from './arguments';

/** What `npm run export` was asked to do. */
export type ExportOptions = {
  /** The safetensors file to read. */
  readonly file: string;
  /** The ONNX file to write. */
  readonly out: string;
} & (
  { readonly kind: 'student'; readonly onnx: StudentOnnxOptions } | { readonly kind: 'classifier' }
);

const DEFAULTS = { form: 'generator', batch: 'dynamic', weights: 'float32' } as const;

export const EXPORT_USAGE = `Writes a student, or a task's classifier, as an ONNX file, and checks it with ONNX Runtime.

  npm run export -- --student runs/distill/student.safetensors
  npm run export -- --classifier public/classifiers/avatars.safetensors --out runs/classifier.onnx

  --student FILE     a student's safetensors, as npm run distill and the page write them
  --classifier FILE  a classifier's safetensors; the options of students do not apply
  --form FORM        network: one clean prediction; generator: the whole sampler (default ${DEFAULTS.form})
  --batch N          images a run, 1 to 4096, or dynamic: any number (default ${DEFAULTS.batch})
  --weights TYPE     float32, or float16: half the size (default ${DEFAULTS.weights})
  --out FILE         default: the file that is read, ending in .onnx
  --help`;

const OPTIONS = {
  student: { type: 'string' },
  classifier: { type: 'string' },
  form: { type: 'string' },
  batch: { type: 'string' },
  weights: { type: 'string' },
  out: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const oneOf = <const T extends string>(name: string, text: string, choices: readonly T[]): T => {
  const found = choices.find((choice) => choice === text);
  if (found !== undefined) return found;
  throw new UsageError(`--${name} takes ${choices.join(' or ')}, got ${text}.`);
};

/** Reads the arguments. Returns null when help was asked for. Throws UsageError. */
export const parseExportOptions = (args: readonly string[]): ExportOptions | null => {
  const values = parseArguments(args, OPTIONS);
  if (values.help) return null;
  const { student, classifier } = values;
  const file = student ?? classifier;
  if (file === undefined || (student !== undefined && classifier !== undefined)) {
    throw new UsageError('Name either --student FILE or --classifier FILE.');
  }
  const out = values.out ?? `${file.replace(/\.safetensors$/, '')}.onnx`;
  if (classifier !== undefined) {
    for (const name of ['form', 'batch', 'weights'] as const) {
      if (values[name] !== undefined) throw new UsageError(`--${name} is for students only.`);
    }
    return { kind: 'classifier', file, out };
  }
  const form: StudentForm = oneOf('form', values.form ?? DEFAULTS.form, STUDENT_FORMS);
  const weights = values.weights ?? DEFAULTS.weights;
  const precision: WeightPrecision = oneOf('weights', weights, WEIGHT_PRECISIONS);
  const batch = values.batch ?? DEFAULTS.batch;
  return {
    kind: 'student',
    file,
    out,
    onnx: {
      form,
      batch: batch === 'dynamic' ? batch : wholeNumber('batch', batch, 1, 4096),
      precision,
    },
  };
};
