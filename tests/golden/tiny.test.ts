import { describe } from 'vitest';
import { generatorStep } from '../../src/distill/generate';
import { cleanPredictions } from '../../src/distill/networks';
import { cfgAugmentation } from '../../src/distill/terms/ca';
import { distributionMatching } from '../../src/distill/terms/dm';
import { discriminatorLoss, generatorLoss } from '../../src/distill/terms/gan';
import { meanVarianceGradient, meanVarianceLoss } from '../../src/distill/terms/meanVariance';
import { totalUpdate, updateGradient, updateLoss } from '../../src/distill/terms/updateLoss';
import { cleanPrediction } from '../../src/flow/cleanPrediction';
import { renoise } from '../../src/flow/renoise';
import { gradients } from '../../src/graph/differentiate';
import { adamStep, biasCorrection } from '../../src/graph/optimizers/adam';
import { absolute, square, subtract } from '../../src/graph/ops/pointwise';
import { mean, meanAndVariance } from '../../src/graph/ops/reduce';
import { reshape, slice } from '../../src/graph/ops/views';
import { constant, setting, variable, type Tensor } from '../../src/graph/tensor';
import { discriminatorLogits, headLayout } from '../../src/models/discriminator';
import { ditVelocity } from '../../src/models/dit/dit';
import { ParameterSet, unflattenParameters } from '../../src/models/parameters';
import { test } from '../support/gpu';
import {
  compute,
  expectAllGolden,
  expectGolden,
  goldenInput,
  goldenNullRows,
  goldenParameters,
  goldenRows,
  goldenTensor,
  openGolden,
  parameterGradients,
  type Golden,
} from './network';

// Float32 on both sides, sums in another order: forward values agree to a few 1e-6, gradients to a
// few 1e-5. The bounds leave room for adapters whose exp and tanh are less accurate than SwiftShader's.
const FORWARD = { relative: 1e-4 };
const SCALAR = { relative: 1e-4 };
const GRADIENT = { relative: 1e-3 };

// d(loss)/d(key bias) is zero in exact arithmetic; what either side has there is rounding of the
// query and value parts, so the qkv bias is compared against its largest entry like all others.
const gradientTolerance = () => GRADIENT;

/** The layer that a discriminator's trunk leaves out. */
const NOT_IN_TRUNK = /^final\.linear/;

let golden: Golden;

/** Every tensor of the file that the tests share. */
interface Shared {
  readonly student: ParameterSet;
  readonly teacher: ParameterSet;
  readonly critic: ParameterSet;
  readonly rows: Tensor;
  readonly nullRows: Tensor;
}
let shared: Shared;

const input = (name: string): Tensor => goldenInput(golden, name);
const one = (tensor: Tensor): Tensor => reshape(tensor, [1]);

test.beforeAll(async ({ gpu }) => {
  golden = await openGolden(gpu, 'tiny.safetensors', 'forward.x');
  const ids = goldenTensor(golden.file, 'forward.attributes');
  shared = {
    student: goldenParameters(golden, 'student.'),
    teacher: goldenParameters(golden, 'teacher.'),
    critic: goldenParameters(golden, 'critic.'),
    rows: goldenRows(golden, ids),
    nullRows: goldenNullRows(golden, ids.shape[0] ?? 1),
  };
});

describe('forward', () => {
  const velocity = () =>
    ditVelocity(golden.config, shared.student, {
      x: input('forward.x'),
      t: input('forward.t'),
      rows: shared.rows,
    });

  test('velocity, loss and every gradient', async () => {
    const v = velocity();
    const loss = mean(square(subtract(v, input('forward.target'))));
    const [values, lossValue] = await compute(golden, [v, one(loss)]);
    expectGolden(golden, 'forward.velocity', values, FORWARD);
    expectGolden(golden, 'forward.loss', lossValue, SCALAR);
    const computed = await parameterGradients(golden, shared.student, loss, constant(1));
    expectAllGolden(golden, 'forward.grad.', computed, gradientTolerance);
  });

  test('ten Adam steps', async () => {
    const student = goldenParameters(golden, 'student.');
    const { engine, layout } = golden;
    const gradient = new ParameterSet('gradient', layout);
    const lossValue = variable('loss', [1]);
    const v = ditVelocity(golden.config, student, {
      x: input('forward.x'),
      t: input('forward.t'),
      rows: shared.rows,
    });
    const loss = mean(square(subtract(v, input('forward.target'))));
    const names = student.trainable();
    const values = gradients(
      [{ tensor: loss, gradient: constant(1) }],
      names.map((name) => student.tensor(name)),
    );
    const backward = await engine.prepare({
      name: 'gradient',
      assign: [
        { variable: lossValue, value: one(loss) },
        ...values.map((value, index) => ({ variable: gradient.window(names[index] ?? ''), value })),
      ],
    });
    const [beta1, beta2] = [0.9, 0.99];
    const optimizer = await engine.prepare({
      name: 'adam',
      assign: [],
      effects: [
        adamStep({
          parameters: student.flat,
          firstMoment: variable('first moment', student.flat.shape),
          secondMoment: variable('second moment', student.flat.shape),
          gradient: gradient.flat,
          learningRate: setting('golden.rate'),
          correction1: setting('golden.correction1'),
          correction2: setting('golden.correction2'),
          beta1,
          beta2,
          epsilon: 1e-8,
          weightDecay: 0,
        }),
      ],
    });
    const losses: number[] = [];
    for (let step = 1; step <= goldenTensor(golden.file, 'adam.losses').data.length; step++) {
      const [current] = await engine
        .record()
        .run(backward)
        .run(optimizer, {
          'golden.rate': 1e-3,
          'golden.correction1': biasCorrection(beta1, step),
          'golden.correction2': biasCorrection(beta2, step),
        })
        .read(lossValue)
        .submit();
      losses.push(current?.[0] ?? NaN);
    }
    expectGolden(golden, 'adam.losses', losses, SCALAR);
    const after = unflattenParameters(layout, await engine.memory.read(student.flat));
    // Ten steps of 1e-3 move a weight by up to 1e-2. Where the gradient is rounding noise (the key
    // third of qkv.bias) Adam turns that noise into full steps of either sign, on both sides.
    expectAllGolden(
      golden,
      'adam.after.',
      new Map([...after].map(([name, { data }]) => [name, data])),
      (name) => (name.endsWith('qkv.bias') ? { relative: 0, absolute: 2e-2 } : GRADIENT),
    );
  });
});

describe('generator update', () => {
  /** Everything that the update is made of, as in the file's section `gen`. */
  const update = () => {
    const { config } = golden;
    const { rows, nullRows, student, teacher, critic } = shared;
    const z = input('gen.z');
    const velocity = ditVelocity(config, student, { x: z, t: input('gen.t'), rows });
    const gen = cleanPrediction(z, input('gen.t'), velocity);
    const at = (term: 'CA' | 'DM') => {
      const tau = input(`gen.tau${term}`);
      return { x: renoise(gen, tau, input(`gen.eps${term}`)), tau };
    };
    const [ca, dm] = [at('CA'), at('DM')];
    const [realCondCA, realUncondCA, realCondDM] = cleanPredictions(config, teacher, [
      { ...ca, rows },
      { ...ca, rows: nullRows },
      { ...dm, rows },
    ]) as [Tensor, Tensor, Tensor];
    const [fakeCondDM] = cleanPredictions(config, critic, [{ ...dm, rows }]) as [Tensor];
    const deltas = (normalise: number) => {
      const scalars = { weight: constant(1), normalise: constant(normalise), gen };
      return {
        ca: cfgAugmentation({
          ...scalars,
          realCond: realCondCA,
          realUncond: realUncondCA,
          guidanceScale: reshape(input('gen.alpha'), []),
        }),
        dm: distributionMatching({ ...scalars, realCond: realCondDM, fakeCond: fakeCondDM }),
      };
    };
    return { gen, realCondCA, realUncondCA, realCondDM, fakeCondDM, deltas };
  };

  test('x_gen and the predictions at x_tau', async () => {
    const { gen, realCondCA, realUncondCA, realCondDM, fakeCondDM } = update();
    const names = ['x', 'realCondCA', 'realUncondCA', 'realCondDM', 'fakeCondDM'];
    const values = await compute(golden, [gen, realCondCA, realUncondCA, realCondDM, fakeCondDM]);
    names.forEach((name, index) => {
      expectGolden(golden, `gen.${name}`, values[index], FORWARD);
    });
  });

  test('the student as a generator step gives the same x_gen', async () => {
    const generator = {
      config: golden.config,
      parameters: shared.student,
      rows: shared.rows,
    };
    const t = reshape(slice(input('gen.t'), 0, 0, 1), []);
    const [gen] = await compute(golden, [generatorStep(generator, input('gen.z'), t)]);
    expectGolden(golden, 'gen.x', gen, FORWARD);
  });

  test('Delta of CA and of DM, and their normalisers', async () => {
    const { gen, realCondCA, realCondDM, deltas } = update();
    const norm = (real: Tensor) => mean(absolute(subtract(gen, real)), [1, 2, 3]);
    const [ca, dm, normCA, normDM] = await compute(golden, [
      deltas(0).ca,
      deltas(0).dm,
      norm(realCondCA),
      norm(realCondDM),
    ]);
    expectGolden(golden, 'gen.deltaCA', ca, FORWARD);
    expectGolden(golden, 'gen.deltaDM', dm, FORWARD);
    expectGolden(golden, 'gen.normCA', normCA, FORWARD);
    expectGolden(golden, 'gen.normDM', normDM, FORWARD);
  });

  for (const variant of ['caRaw', 'dmRaw', 'caDmNormalised'] as const) {
    test(`loss and every gradient: ${variant}`, async () => {
      const { gen, deltas } = update();
      const { ca, dm } = deltas(variant === 'caDmNormalised' ? 1 : 0);
      const chosen: [Tensor, ...Tensor[]] =
        variant === 'caRaw' ? [ca] : variant === 'dmRaw' ? [dm] : [ca, dm];
      const [loss] = await compute(golden, [one(updateLoss(chosen))]);
      expectGolden(golden, `gen.${variant}.loss`, loss, SCALAR);
      const seed = updateGradient(totalUpdate(chosen));
      const computed = await parameterGradients(golden, shared.student, gen, seed);
      expectAllGolden(golden, `gen.${variant}.grad.`, computed, gradientTolerance);
    });
  }

  test('mean-variance: statistics, loss and every gradient', async () => {
    const { gen } = update();
    const target = input('gen.meanVariance.target');
    const from = {
      gen,
      targetMean: reshape(slice(target, 0, 0, 1), []),
      targetVariance: reshape(slice(target, 0, 1, 1), []),
    };
    const statistics = meanAndVariance(gen);
    const [mu, variance, loss] = await compute(golden, [
      statistics.mean,
      statistics.variance,
      one(meanVarianceLoss(from)),
    ]);
    expectGolden(golden, 'gen.meanVariance.mean', mu, FORWARD);
    expectGolden(golden, 'gen.meanVariance.variance', variance, FORWARD);
    expectGolden(golden, 'gen.meanVariance.loss', loss, SCALAR);
    const seed = meanVarianceGradient({ ...from, weight: constant(1) });
    const computed = await parameterGradients(golden, shared.student, gen, seed);
    expectAllGolden(golden, 'gen.meanVariance.grad.', computed, gradientTolerance);
  });

  describe('GAN', () => {
    const discriminate = (images: Tensor, noise: Tensor, trunk: ParameterSet, head: ParameterSet) =>
      discriminatorLogits(golden.config, trunk, head, {
        x: renoise(images, input('gen.tauDM'), noise),
        t: input('gen.tauDM'),
        rows: shared.rows,
      });
    const head = () => goldenParameters(golden, 'gan.', headLayout(golden.config.width));

    test('generator: logits, loss and every gradient', async () => {
      const { gen } = update();
      const logits = discriminate(gen, input('gen.epsDM'), shared.teacher, head());
      const loss = generatorLoss(logits);
      const [logitValues, lossValue] = await compute(golden, [logits, one(loss)]);
      expectGolden(golden, 'gan.generator.logits', logitValues, FORWARD);
      expectGolden(golden, 'gan.generator.loss', lossValue, SCALAR);
      const computed = await parameterGradients(golden, shared.student, loss, constant(1));
      expectAllGolden(golden, 'gan.generator.grad.', computed, gradientTolerance);
    });

    test('discriminator: loss and gradients of trunk and head', async () => {
      const parameters = head();
      const fake = discriminate(input('gen.x'), input('gen.epsDM'), shared.teacher, parameters);
      const real = discriminate(
        input('gan.real'),
        input('gan.epsReal'),
        shared.teacher,
        parameters,
      );
      const loss = discriminatorLoss(fake, real);
      const [lossValue] = await compute(golden, [one(loss)]);
      expectGolden(golden, 'gan.discriminator.loss', lossValue, SCALAR);
      const computed = new Map([
        ...(await parameterGradients(golden, shared.teacher, loss, constant(1), NOT_IN_TRUNK)),
        ...(await parameterGradients(golden, parameters, loss, constant(1))),
      ]);
      expectAllGolden(golden, 'gan.discriminator.grad.', computed, gradientTolerance);
    });
  });
});

describe('critic update', () => {
  test('loss and every gradient', async () => {
    const [gen, tau, noise] = [input('gen.x'), input('critic.tau'), input('critic.eps')];
    const velocity = ditVelocity(golden.config, shared.critic, {
      x: renoise(gen, tau, noise),
      t: tau,
      rows: shared.rows,
    });
    const loss = mean(square(subtract(velocity, subtract(gen, noise))));
    const [value] = await compute(golden, [one(loss)]);
    expectGolden(golden, 'critic.velocityLoss', value, SCALAR);
    const computed = await parameterGradients(golden, shared.critic, loss, constant(1));
    expectAllGolden(golden, 'critic.grad.', computed, gradientTolerance);
  });
});
