import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import type { Gpu } from '../../../src/gpu/gpu';
import { read } from '../../../src/graph/tensor';
import { STUDENT_FORMS, studentGraph } from '../../../src/lab/onnx/studentGraph';
import { studentOnnx } from '../../../src/lab/onnx/studentOnnx';
import { onnxSnippets, torchSnippet } from '../../../src/lab/snippets/snippets';
import { studentFile } from '../../../src/lab/studentFile';
import { expectClose } from '../../support/compare';
import { evaluate, type Fed } from '../../support/evaluate';
import { test } from '../../support/gpu';
import { python, pythonHas } from '../../support/python';
import { randomValues } from '../../support/random';
import { tinyStudent } from '../../support/tinyStudent';

const STEPS = 3;
const BATCH = 2;
const student = tinyStudent(STEPS);
const { prompts } = student.task;
const noise = randomValues(STEPS * BATCH * 3 * 16 * 16, 4);
/** One prompt in full, one that leaves its first attribute open. */
const ids = [
  prompts.attributes.map(() => 1),
  prompts.attributes.map((_, at) => (at === 0 ? -1 : 1)),
];
const TOLERANCE = { relative: 0, absolute: 1e-4 };

/** What the engine draws, in [0, 1]. */
const drawn = async (gpu: Gpu): Promise<number[]> => {
  const graph = studentGraph(student.network, 'generator', STEPS, BATCH);
  const rows = prompts.rowsOf(
    ids.map((prompt) => prompt.map((id, at) => (id < 0 ? prompts.anyId(at) : id))),
  );
  const fed = (variable: Fed['variable'], data: Fed['data']): Fed => ({
    variable,
    tensor: read(variable),
    data,
  });
  const [images = []] = await evaluate(
    gpu,
    [graph.images],
    [fed(graph.parameters.flat, student.flat), fed(graph.samples, noise), fed(graph.rows, rows)],
  );
  return Array.from(images, (value) => Math.min(Math.max((value + 1) / 2, 0), 1));
};

/** In the project, so that the programs find its packages. */
let folder = '';
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  const cache = join(inject('rootDir'), 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'snippets-'));
  writeFileSync(at('noise'), noise);
  writeFileSync(at('student.safetensors'), studentFile(student));
  const programs = [
    ...onnxSnippets(student, at('student.onnx'), BATCH),
    torchSnippet(student, at('student.safetensors')),
  ];
  for (const { name, text } of programs) writeFileSync(at(name.replace(/js$/, 'mjs')), text);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const result = (): Float32Array => {
  const bytes = readFileSync(at('images'));
  return new Float32Array(Uint8Array.from(bytes).buffer);
};

const JAVASCRIPT = `
import { readFileSync, writeFileSync } from 'node:fs';
import { env, InferenceSession } from 'onnxruntime-web';
import { sample } from './student.mjs';
env.wasm.numThreads = 1;
const noise = new Float32Array(Uint8Array.from(readFileSync('noise')).buffer);
const session = await InferenceSession.create(readFileSync('student.onnx'));
writeFileSync('images', await sample(session, ${JSON.stringify(ids)}, noise));
`;

const PYTHON_ONNX = `
import os, sys, numpy as np, onnxruntime
os.chdir(sys.argv[1]); sys.path.insert(0, '.')
from student_onnx import *
noise = np.fromfile('noise', np.float32).reshape([STEPS, IMAGES, *SHAPE])
images = sample(onnxruntime.InferenceSession(FILE), ${JSON.stringify(ids)}, noise)
images.tofile('images')
save('student.ppm', images)
`;

const PYTHON_TORCH = `
import os, sys, numpy as np, torch
os.chdir(sys.argv[1]); sys.path.insert(0, '.')
torch.set_num_threads(1)
from student_torch import *
noise = torch.from_numpy(np.fromfile('noise', np.float32)).reshape(STEPS, ${BATCH}, *SHAPE)
images = Student(*load(FILE)).sample(torch.tensor(${JSON.stringify(ids)}), noise)
images.numpy().tofile('images')
save('student.ppm', images)
`;

/** The picture that a Python program saved shows its images side by side. */
const expectPicture = (images: readonly number[]): void => {
  const picture = readFileSync(at('student.ppm'));
  const begin = Buffer.from(`P6 ${16 * BATCH} 16 255\n`);
  expect(picture.subarray(0, begin.length)).toEqual(begin);
  expect(picture.length).toBe(begin.length + images.length);
  // The green of the second image's third pixel in its second line.
  const [shown, value] = [
    picture[begin.length + 3 * (16 * BATCH + 18) + 1],
    images[768 + 256 + 18],
  ];
  expect(Math.abs((shown ?? NaN) - 255 * (value ?? NaN))).toBeLessThanOrEqual(1);
};

describe('the programs that come with a student draw what the engine draws', () => {
  for (const form of STUDENT_FORMS) {
    const write = (): void => {
      const options = { form, batch: BATCH, precision: 'float32' } as const;
      writeFileSync(at('student.onnx'), studentOnnx(student, options));
    };

    test(`in JavaScript, from the ${form}`, async ({ gpu }) => {
      write();
      writeFileSync(at('run.mjs'), JAVASCRIPT);
      execFileSync(process.execPath, ['run.mjs'], { cwd: folder, stdio: 'pipe' });
      expectClose('images', result(), await drawn(gpu), TOLERANCE);
    });

    test(`in Python with onnxruntime, from the ${form}`, async ({ gpu }) => {
      if (!pythonHas('onnxruntime')) return;
      write();
      python(PYTHON_ONNX, [folder]);
      const images = await drawn(gpu);
      expectClose('images', result(), images, TOLERANCE);
      expectPicture(images);
    });
  }

  test('in PyTorch, from the safetensors', async ({ gpu }) => {
    if (!pythonHas('torch')) return;
    python(PYTHON_TORCH, [folder]);
    const images = await drawn(gpu);
    expectClose('images', result(), images, TOLERANCE);
    expectPicture(images);
  });
});

test('the programs know their student', () => {
  const [{ text } = { text: '' }] = onnxSnippets(student, 'a "b".onnx', 'dynamic');
  expect(text).toContain('FILE = "a \\"b\\".onnx"\nSTEPS = 3\nSHAPE = [3,16,16]\n');
  expect(text).toContain('IMAGES = 8\n');
  expect(text).toContain(`ATTRIBUTES = {"background":[`);
});
