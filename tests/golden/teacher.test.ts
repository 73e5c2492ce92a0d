import { describe } from 'vitest';
import { generatorStep } from '../../src/distill/generate';
import { eulerStep, eulerTimes, guidedVelocity } from '../../src/flow/euler';
import { broadcastTo, concat, slice } from '../../src/graph/ops/views';
import { constant, read, setting, variable, type Tensor } from '../../src/graph/tensor';
import { ditBackbone } from '../../src/models/dit/backbone';
import { ditVelocity } from '../../src/models/dit/dit';
import type { ParameterSet } from '../../src/models/parameters';
import { SOFTWARE_CHOICE } from '../support/evaluate';
import { test } from '../support/gpu';
import { HALF_CHOICES } from '../support/optionalKernels';
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
import { FORWARD, HALF_FORWARD, HALF_TRAJECTORY, TRAJECTORY } from './tolerances';

/** In half precision too where the adapter has it. */
const PRECISIONS = [
  {
    title: 'the real teacher',
    choice: SOFTWARE_CHOICE,
    forward: FORWARD,
    trajectory: TRAJECTORY,
  },
  ...HALF_CHOICES.map((choice) => ({
    title: 'the real teacher in half precision',
    choice,
    forward: HALF_FORWARD,
    trajectory: HALF_TRAJECTORY,
  })),
];

/** A software adapter that has compiled nothing yet takes minutes to do so. */
const options = { timeout: 300_000 };

for (const { title, choice, forward, trajectory } of PRECISIONS) {
  describe(title, options, () => {
    let weights: ParameterSet;
    let golden: Golden;
    let rows: Tensor;
    let nullRows: Tensor;

    test.beforeAll(async ({ gpu }) => {
      const teacher = await openGolden(gpu, 'teacher.safetensors', undefined, choice);
      weights = goldenParameters(teacher, '');
      golden = { ...teacher, file: await readGoldenFile('teacher-reference.safetensors') };
      const ids = goldenTensor(golden.file, 'attributes');
      rows = goldenRows(golden, ids);
      nullRows = goldenNullRows(golden, ids.shape[0] ?? 1);
    });

    for (const t of ['0.0', '0.5', '0.95']) {
      test(`velocity at t = ${t}`, async () => {
        const x = goldenInput(golden, 'noise');
        const times = broadcastTo(constant(Number(t)), [x.shape[0] ?? 1]);
        const [v] = await compute(golden, [
          ditVelocity(golden.config, weights, { x, t: times, rows }),
        ]);
        expectGolden(golden, `velocity.t${t}`, v, forward);
      });
    }

    test('one-step prediction', async () => {
      const generator = { velocity: ditBackbone(golden.config).velocity(weights), rows };
      const x = generatorStep(generator, goldenInput(golden, 'noise'), constant(0));
      const [images] = await compute(golden, [x]);
      expectGolden(golden, 'oneStep', images, forward);
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
        expectGolden(golden, `euler25.guidance${guidance}.0`, result, trajectory);
      });
    }
  });
}
