import { describe } from 'vitest';
import { generatorStep } from '../../src/distill/generate';
import { cleanPredictions } from '../../src/distill/networks';
import { cfgAugmentation } from '../../src/distill/terms/ca';
import { distributionMatching } from '../../src/distill/terms/dm';
import { meanVarianceLoss } from '../../src/distill/terms/meanVariance';
import { TERMS } from '../../src/distill/terms/registry';
import { totalUpdate, updateGradient, updateLoss } from '../../src/distill/terms/updateLoss';
import { renoise } from '../../src/flow/renoise';
import { absolute, subtract } from '../../src/graph/ops/pointwise';
import { mean, meanAndVariance } from '../../src/graph/ops/reduce';
import { reshape, slice } from '../../src/graph/ops/views';
import { constant, type Tensor } from '../../src/graph/tensor';
import { test } from '../support/gpu';
import { ParameterRow } from '../../src/models/parameters';
import { ditBackbone } from '../../src/models/dit/backbone';
import { expectGoldenGradients } from './gradients';
import { compute, expectGolden } from './network';
import { termContext } from './termContext';
import { generatedImages, one, openTiny, type Tiny } from './tiny';
import { FORWARD, GRADIENT, SCALAR } from './tolerances';

let tiny: Tiny;

test.beforeAll(async ({ gpu }) => {
  tiny = await openTiny(gpu);
});

describe('generator update', () => {
  /** Everything that the update is made of, as in the file's section `gen`. */
  const update = () => {
    const { golden, rows, nullRows, teacher, critic } = tiny;
    const { velocity } = ditBackbone(golden.config);
    const gen = generatedImages(tiny);
    const at = (term: 'CA' | 'DM') => {
      const tau = tiny.input(`gen.tau${term}`);
      return { x: renoise(gen, tau, tiny.input(`gen.eps${term}`)), tau };
    };
    const [ca, dm] = [at('CA'), at('DM')];
    const [realCondCA, realUncondCA, realCondDM] = cleanPredictions(velocity(teacher), [
      { ...ca, rows },
      { ...ca, rows: nullRows },
      { ...dm, rows },
    ]) as [Tensor, Tensor, Tensor];
    const [fakeCondDM] = cleanPredictions(velocity(critic), [{ ...dm, rows }]) as [Tensor];
    const deltas = (normalise: number) => {
      const scalars = { weight: constant(1), normalise: constant(normalise), gen };
      return {
        ca: cfgAugmentation({
          ...scalars,
          realCond: realCondCA,
          realUncond: realUncondCA,
          guidanceScale: reshape(tiny.input('gen.alpha'), []),
        }),
        dm: distributionMatching({ ...scalars, realCond: realCondDM, fakeCond: fakeCondDM }),
      };
    };
    return { gen, realCondCA, realUncondCA, realCondDM, fakeCondDM, deltas };
  };

  test('x_gen and the predictions at x_tau', async () => {
    const { gen, realCondCA, realUncondCA, realCondDM, fakeCondDM } = update();
    const names = ['x', 'realCondCA', 'realUncondCA', 'realCondDM', 'fakeCondDM'];
    const values = await compute(tiny.golden, [
      gen,
      realCondCA,
      realUncondCA,
      realCondDM,
      fakeCondDM,
    ]);
    names.forEach((name, index) => {
      expectGolden(tiny.golden, `gen.${name}`, values[index], FORWARD);
    });
  });

  test('teacher and critic asked as one batch predict the same', async () => {
    const { golden, rows, nullRows, teacher, critic } = tiny;
    const { memory } = golden.engine;
    const pair = new ParameterRow(['teacher', 'critic'], golden.layout);
    memory.copy(teacher.flat, pair.network('teacher').flat);
    memory.copy(critic.flat, pair.network('critic').flat);
    const gen = generatedImages(tiny);
    const at = (term: 'CA' | 'DM') => {
      const tau = tiny.input(`gen.tau${term}`);
      return { x: renoise(gen, tau, tiny.input(`gen.eps${term}`)), tau, rows };
    };
    const [ca, dm] = [at('CA'), at('DM')];
    const values = await compute(
      golden,
      cleanPredictions(ditBackbone(golden.config).velocity(pair.serving([3, 1])), [
        ca,
        { ...ca, rows: nullRows },
        dm,
        dm,
      ]),
    );
    ['realCondCA', 'realUncondCA', 'realCondDM', 'fakeCondDM'].forEach((name, index) => {
      expectGolden(golden, `gen.${name}`, values[index], FORWARD);
    });
    memory.free([pair.flat]);
  });

  test('the student as a generator step gives the same x_gen', async () => {
    const generator = {
      velocity: ditBackbone(tiny.golden.config).velocity(tiny.student),
      rows: tiny.rows,
    };
    const t = reshape(slice(tiny.input('gen.t'), 0, 0, 1), []);
    const [gen] = await compute(tiny.golden, [generatorStep(generator, tiny.input('gen.z'), t)]);
    expectGolden(tiny.golden, 'gen.x', gen, FORWARD);
  });

  test('Delta of CA and of DM, and their normalisers', async () => {
    const { gen, realCondCA, realCondDM, deltas } = update();
    const norm = (real: Tensor) => mean(absolute(subtract(gen, real)), [1, 2, 3]);
    const [ca, dm, normCA, normDM] = await compute(tiny.golden, [
      deltas(0).ca,
      deltas(0).dm,
      norm(realCondCA),
      norm(realCondDM),
    ]);
    expectGolden(tiny.golden, 'gen.deltaCA', ca, FORWARD);
    expectGolden(tiny.golden, 'gen.deltaDM', dm, FORWARD);
    expectGolden(tiny.golden, 'gen.normCA', normCA, FORWARD);
    expectGolden(tiny.golden, 'gen.normDM', normDM, FORWARD);
  });

  for (const variant of ['caRaw', 'dmRaw', 'caDmNormalised'] as const) {
    test(`loss and every gradient: ${variant}`, async () => {
      const { gen, deltas } = update();
      const { ca, dm } = deltas(variant === 'caDmNormalised' ? 1 : 0);
      const chosen: [Tensor, ...Tensor[]] =
        variant === 'caRaw' ? [ca] : variant === 'dmRaw' ? [dm] : [ca, dm];
      const [loss] = await compute(tiny.golden, [one(updateLoss(chosen))]);
      expectGolden(tiny.golden, `gen.${variant}.loss`, loss, SCALAR);
      const seed = updateGradient(totalUpdate(chosen));
      await expectGoldenGradients(
        tiny.golden,
        `gen.${variant}.grad.`,
        [{ parameters: tiny.student, from: gen, seed }],
        GRADIENT,
      );
    });
  }

  test('mean-variance: statistics, loss and every gradient', async () => {
    const { gen } = update();
    const target = tiny.input('gen.meanVariance.target');
    const from = {
      gen,
      targetMean: reshape(slice(target, 0, 0, 1), []),
      targetVariance: reshape(slice(target, 0, 1, 1), []),
    };
    const statistics = meanAndVariance(gen);
    const [mu, variance, loss] = await compute(tiny.golden, [
      statistics.mean,
      statistics.variance,
      one(meanVarianceLoss(from)),
    ]);
    expectGolden(tiny.golden, 'gen.meanVariance.mean', mu, FORWARD);
    expectGolden(tiny.golden, 'gen.meanVariance.variance', variance, FORWARD);
    expectGolden(tiny.golden, 'gen.meanVariance.loss', loss, SCALAR);
    // The term as the trainer runs it: Delta, then the student's gradient of dL/dx_gen = -Delta / n.
    const given = { mean: from.targetMean, variance: from.targetVariance };
    const delta = TERMS.meanVariance.update(
      termContext(gen, { statistics: { ...given, over: 'values' } }),
    );
    const seed = updateGradient(delta);
    await expectGoldenGradients(
      tiny.golden,
      'gen.meanVariance.grad.',
      [{ parameters: tiny.student, from: gen, seed }],
      GRADIENT,
    );
  });
});
