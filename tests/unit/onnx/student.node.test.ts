import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { loadNodeRuntime } from '../../../src/cli/onnxRuntime';
import { OnnxSession, type OnnxValue } from '../../../src/interchange/onnx/session';
import { classifierOnnx, verifyClassifier } from '../../../src/lab/onnx/classifierOnnx';
import { studentOnnx, type StudentOnnxOptions } from '../../../src/lab/onnx/studentOnnx';
import { verifyStudent } from '../../../src/lab/onnx/verifyStudent';
import { ditLayout } from '../../../src/models/dit/parameters';
import { avatarTask } from '../../../src/tasks/avatars/task';
import * as reference from '../../reference/dit';
import { expectClose } from '../../support/compare';
import { sharedEngine, SOFTWARE_CHOICE } from '../../support/evaluate';
import { test } from '../../support/gpu';
import { python, pythonHas } from '../../support/python';
import { randomValues } from '../../support/random';
import { tinyClassifier } from '../../support/tinyClassifier';
import { tinyStudent } from '../../support/tinyStudent';
import { TINY } from '../../support/tinyTeacher';
import type { Gpu } from '../../../src/gpu/gpu';

const runtime = (gpu: Gpu) => ({
  engine: sharedEngine(gpu, SOFTWARE_CHOICE),
  load: loadNodeRuntime,
});

const ONE: StudentOnnxOptions = { form: 'network', batch: 'dynamic', precision: 'float32' };

const CASES: readonly (StudentOnnxOptions & { steps: number; allowed: number })[] = [
  { ...ONE, steps: 1, batch: 3, allowed: 1e-4 },
  { ...ONE, steps: 1, allowed: 1e-4 },
  { ...ONE, steps: 1, precision: 'float16', allowed: 1e-4 },
  { ...ONE, steps: 1, form: 'generator', batch: 2, allowed: 1e-4 },
  { ...ONE, steps: 8, form: 'generator', allowed: 1e-3 },
  { ...ONE, steps: 2, form: 'generator', batch: 1, precision: 'float16', allowed: 1e-3 },
];

describe('ONNX Runtime and the engine agree', () => {
  for (const { steps, allowed, ...options } of CASES) {
    const { form, batch, precision } = options;
    test(`on a ${form}, steps ${steps}, batch ${batch}, ${precision}`, async ({ gpu }) => {
      const student = tinyStudent(steps);
      const file = studentOnnx(student, options);
      const result = await verifyStudent(runtime(gpu), student, file, options);
      expect(result.maxDifference).toBeLessThan(allowed);
      expect(result).toMatchObject({ agrees: true, provider: 'wasm' });
      expect(result.verdict).toMatch(/^The file agrees with the engine: .* on the processor/);
    });
  }

  test('on a classifier', async ({ gpu }) => {
    const classifier = tinyClassifier();
    const file = classifierOnnx(avatarTask, classifier);
    const result = await verifyClassifier(runtime(gpu), avatarTask, classifier, file);
    expect(result.maxDifference).toBeLessThan(1e-4);
    expect(result.agrees).toBe(true);
  });
});

test('a file of other weights does not agree, and the verdict says so', async ({ gpu }) => {
  const student = tinyStudent();
  const flat = student.flat.slice();
  const { offset } = ditLayout(TINY).entries.get('final.linear.bias') ?? { offset: 0 };
  flat[offset] = (flat[offset] ?? 0) + 0.01;
  const file = studentOnnx({ ...student, flat }, ONE);
  const result = await verifyStudent(runtime(gpu), student, file, ONE);
  expect(result.agrees).toBe(false);
  expect(result.maxDifference).toBeCloseTo(0.01, 4);
  expect(result.verdict).toMatch(/^The file does not agree .* Do not use it\.$/);
});

const run = async (
  file: Uint8Array<ArrayBuffer>,
  inputs: Record<string, OnnxValue>,
): Promise<Record<string, Float32Array>> => {
  const session = await OnnxSession.open(file, loadNodeRuntime);
  try {
    return await session.run(inputs);
  } finally {
    await session.destroy();
  }
};

const prompts = (ids: readonly number[][]): OnnxValue => ({
  type: 'int64',
  shape: [ids.length, ids[0]?.length ?? 0],
  data: BigInt64Array.from(ids.flat(), BigInt),
});

test('the network is the one that the float64 reference computes', async () => {
  const student = tinyStudent();
  const ids = [0, 3, 1, 10, 1, 2, 12, 2];
  const [t, image] = [0.3, randomValues(3 * 16 * 16, 9)];
  const { x0 = [] } = await run(studentOnnx(student, ONE), {
    x_t: { type: 'float32', shape: [1, 3, 16, 16], data: image },
    t: { type: 'float32', shape: [1], data: Float32Array.of(t) },
    prompt: prompts([ids]),
  });
  const v = reference.ditVelocity(TINY, ditLayout(TINY), student.flat, image, Math.fround(t), ids);
  const expected = v.map((value, at) => (image[at] ?? NaN) + (1 - t) * value);
  expectClose('x0', x0, expected, { relative: 1e-4 });
});

test('a negative id, and the number of values, leave an attribute open', async () => {
  const { nullPrompt } = avatarTask.prompts;
  const noise = randomValues(3 * 16 * 16, 9);
  const { image = new Float32Array() } = await run(
    studentOnnx(tinyStudent(), { ...ONE, form: 'generator' }),
    {
      noise: {
        type: 'float32',
        shape: [1, 3, 3, 16, 16],
        data: Float32Array.from([...noise, ...noise, ...noise]),
      },
      prompt: prompts([[...nullPrompt], nullPrompt.map(() => -1), nullPrompt.map(() => 0)]),
    },
  );
  const [open, negative, given] = [0, 1, 2].map((at) => image.slice(at * 768, (at + 1) * 768));
  expect(negative).toEqual(open);
  expect(given).not.toEqual(open);
  expect(Math.min(...image)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...image)).toBeLessThanOrEqual(1);
});

test('an unusable file is refused in words', async () => {
  await expect(OnnxSession.open(Uint8Array.of(1, 2, 3), loadNodeRuntime)).rejects.toThrow(
    'ONNX Runtime refuses the file',
  );
});

const CHECK = `
import sys, onnx
for path in sys.argv[1:]:
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
`;

test("ONNX's own checker accepts the files, where it is installed", () => {
  if (!pythonHas('onnx')) return;
  const folder = mkdtempSync(join(tmpdir(), 'onnx-'));
  try {
    const write = (name: string, file: Uint8Array): string => {
      writeFileSync(join(folder, name), file);
      return join(folder, name);
    };
    const paths = CASES.map(({ steps, ...options }, index) =>
      write(`${index}.onnx`, studentOnnx(tinyStudent(steps), options)),
    );
    paths.push(write('classifier.onnx', classifierOnnx(avatarTask, tinyClassifier())));
    python(CHECK, paths);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
