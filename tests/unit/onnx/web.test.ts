import { describe, expect } from 'vitest';
import { loadWebRuntime } from '../../../src/interchange/onnx/webRuntime';
import { classifierOnnx, verifyClassifier } from '../../../src/lab/onnx/classifierOnnx';
import { avatarTask } from '../../../src/tasks/avatars/task';
import { sharedEngine } from '../../support/evaluate';
import { inBrowser } from '../../support/files';
import { test } from '../../support/gpu';
import { tinyClassifier } from '../../support/tinyClassifier';

const KERNELS = { matmul: 'blocked', reduce: 'serial' } as const;
// A classifier has few kinds of nodes: compiling a student's takes SwiftShader most of a minute.
describe.runIf(inBrowser)('ONNX Runtime as the page has it agrees with the engine', () => {
  for (const provider of ['wasm', 'webgpu'] as const) {
    test(`on ${provider === 'webgpu' ? 'the device of the engine' : 'the processor'}`, async ({
      gpu,
    }) => {
      const engine = sharedEngine(gpu, KERNELS);
      const device = provider === 'webgpu' ? { device: gpu.device } : {};
      const classifier = tinyClassifier();
      const file = classifierOnnx(avatarTask, classifier);
      const runtime = { engine, load: loadWebRuntime, ...device };
      const result = await verifyClassifier(runtime, avatarTask, classifier, file);
      expect(result).toMatchObject({ provider, agrees: true });
      expect(result.maxDifference).toBeLessThan(1e-4);
    });
  }
});
