import { describe, expect } from 'vitest';
import { loadNodeRuntime } from '../../../src/cli/onnxRuntime';
import { studentOnnx, type StudentOnnxOptions } from '../../../src/lab/onnx/studentOnnx';
import { verifyStudent } from '../../../src/lab/onnx/verifyStudent';
import { sharedEngine } from '../../support/evaluate';
import { test } from '../../support/gpu';
import { tinyStudent } from '../../support/tinyStudent';

const CASES: (StudentOnnxOptions & { steps: number })[] = [
  { form: 'network', steps: 1, batch: 3, precision: 'float32' },
  { form: 'network', steps: 1, batch: 'dynamic', precision: 'float32' },
  { form: 'network', steps: 1, batch: 'dynamic', precision: 'float16' },
  { form: 'generator', steps: 1, batch: 2, precision: 'float32' },
  { form: 'generator', steps: 8, batch: 'dynamic', precision: 'float32' },
  { form: 'generator', steps: 8, batch: 1, precision: 'float16' },
];

describe('a student', () => {
  for (const { steps, ...options } of CASES) {
    const { form, batch, precision } = options;
    test(`as ${form} of ${steps}, batch ${batch}, ${precision}`, async ({ gpu }) => {
      const engine = sharedEngine(gpu, { matmul: 'blocked', reduce: 'serial' });
      const student = tinyStudent(steps);
      const file = studentOnnx(student, options);
      const result = await verifyStudent({ engine, load: loadNodeRuntime }, student, file, options);
      console.log(file.length, result.verdict, result.engineMs, result.runtimeMs);
      expect(result.agrees).toBe(true);
    });
  }
});
