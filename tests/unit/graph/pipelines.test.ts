import { expect } from 'vitest';
import { exp, multiply, sqrt } from '../../../src/graph/ops/pointwise';
import { sum } from '../../../src/graph/ops/reduce';
import type { ProgramSpec } from '../../../src/graph/plan/program';
import { read, variable, type Tensor } from '../../../src/graph/tensor';
import { KERNEL_CHOICES, sharedEngine } from '../../support/evaluate';
import { test } from '../../support/gpu';

const [choice] = KERNEL_CHOICES;
if (!choice) throw new Error('no kernel choice');

/** Constants are part of the WGSL, so that nothing else has compiled these kernels before. */
const ODD = 0.123456;

const program = (name: string, values: readonly Tensor[]): ProgramSpec => ({
  name,
  assign: values.map((value) => ({ variable: variable(name, value.shape), value })),
});

test('all pipelines of all programs are asked for before the first is there', async ({ gpu }) => {
  const { device } = gpu;
  const engine = sharedEngine(gpu, choice);
  const x = read(variable('x', [6, 5]));
  const specs = [
    program('one', [exp(multiply(ODD, x)), sum(multiply(ODD, x), [1])]),
    program('two', [sqrt(multiply(ODD, x)), exp(multiply(ODD, x))]),
  ];
  const seen = { waiting: 0, most: 0, blocking: 0 };
  const original = device.createComputePipelineAsync.bind(device);
  device.createComputePipelineAsync = async (descriptor) => {
    seen.most = Math.max(seen.most, ++seen.waiting);
    const pipeline = await original(descriptor);
    seen.waiting--;
    return pipeline;
  };
  const blocking = device.createComputePipeline.bind(device);
  device.createComputePipeline = (descriptor) => {
    seen.blocking++;
    return blocking(descriptor);
  };
  const before = engine.pipelineCount;
  try {
    for (const executable of await engine.prepareAll(specs)) executable.destroy();
  } finally {
    Reflect.deleteProperty(device, 'createComputePipelineAsync');
    Reflect.deleteProperty(device, 'createComputePipeline');
  }
  // What both programs compute is compiled once.
  expect(engine.pipelineCount - before).toBe(3);
  expect(seen).toEqual({ waiting: 0, most: 3, blocking: 0 });
});
