import { describe } from 'vitest';
import { generatorStep } from '../../src/distill/generate';
import { eulerStep, eulerTimes, guidedVelocity } from '../../src/flow/euler';
import { broadcastTo, concat, slice } from '../../src/graph/ops/views';
import { constant, read, setting, variable, type Tensor } from '../../src/graph/tensor';
import { ditBackbone } from '../../src/models/dit/backbone';
import { ditVelocity } from '../../src/models/dit/dit';
import type { ParameterSet } from '../../src/models/parameters';
import { test } from '../support/gpu';
import {
  compute,
  expectGolden,
  goldenInput,
  goldenNullRows,
  goldenParameters,
  goldenRows,
  goldenTensor,
  openGolden,
  readGoldenFile,
  type Golden,
} from './network';
import { FORWARD, TRAJECTORY } from './tolerances';

let weights: ParameterSet;
let golden: Golden;
let rows: Tensor;
let nullRows: Tensor;

test.beforeAll(async ({ gpu }) => {
  const teacher = await openGolden(gpu, 'teacher.safetensors');
  weights = goldenParameters(teacher, '');
  golden = { ...teacher, file: await readGoldenFile('teacher-reference.safetensors') };
  const ids = goldenTensor(golden.file, 'attributes');
  rows = goldenRows(golden, ids);
  nullRows = goldenNullRows(golden, ids.shape[0] ?? 1);
});

describe('the real teacher', () => {
  for (const t of ['0.0', '0.5', '0.95']) {
    test(`velocity at t = ${t}`, async () => {
      const x = goldenInput(golden, 'noise');
      const times = broadcastTo(constant(Number(t)), [x.shape[0] ?? 1]);
      const [v] = await compute(golden, [
        ditVelocity(golden.config, weights, { x, t: times, rows }),
      ]);
      expectGolden(golden, `velocity.t${t}`, v, FORWARD);
    });
  }

  test('one-step prediction', async () => {
    const generator = { velocity: ditBackbone(golden.config).velocity(weights), rows };
    const x = generatorStep(generator, goldenInput(golden, 'noise'), constant(0));
    const [images] = await compute(golden, [x]);
    expectGolden(golden, 'oneStep', images, FORWARD);
  });

  for (const guidance of [1, 3]) {
    test(`25 Euler steps with guidance ${guidance}`, async () => {
      const { engine, config } = golden;
      const noise = goldenTensor(golden.file, 'noise');
      const images = variable('images', noise.shape);
      engine.memory.write(images, noise.data);
      const x = read(images);
      const count = noise.shape[0] ?? 1;
      const both = ditVelocity(config, weights, {
        x: concat([x, x], 0),
        t: broadcastTo(setting('golden.t'), [2 * count]),
        rows: concat([rows, nullRows], 0),
      });
      const v = guidedVelocity(
        slice(both, 0, 0, count),
        slice(both, 0, count, count),
        setting('golden.guidance'),
      );
      const program = await engine.prepare({
        name: 'euler',
        assign: [{ variable: images, value: eulerStep(x, v, constant(1 / 25)) }],
      });
      const recording = engine.record();
      for (const t of eulerTimes(25)) {
        recording.run(program, { 'golden.t': t, 'golden.guidance': guidance });
      }
      const [result] = await recording.read(images).submit();
      expectGolden(golden, `euler25.guidance${guidance}.0`, result, TRAJECTORY);
    });
  }
});
