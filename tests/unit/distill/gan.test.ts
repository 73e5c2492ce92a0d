import { discriminatorLoss, generatorLoss } from '../../../src/distill/terms/gan';
import { gradients } from '../../../src/graph/differentiate';
import { constant } from '../../../src/graph/tensor';
import { softplus } from '../../reference/distill';
import { mean } from '../../reference/reduce';
import { expectClose } from '../../support/compare';
import { evaluate, feed } from '../../support/evaluate';
import { finiteDifferences } from '../../support/finiteDifferences';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';

const TOLERANCE = { relative: 1e-5 };
const one = constant(1);

for (const count of [1, 3, 17, 129]) {
  test(`losses and gradients of ${count} logits`, async ({ gpu }) => {
    const fake = feed([count, 1], randomValues(count, 1));
    const real = feed([count, 1], randomValues(count, 2));
    const generator = generatorLoss(fake.tensor);
    const discriminator = discriminatorLoss(fake.tensor, real.tensor);
    const results = await evaluate(
      gpu,
      [
        generator,
        discriminator,
        ...gradients([{ tensor: generator, gradient: one }], [fake.tensor]),
        ...gradients([{ tensor: discriminator, gradient: one }], [fake.tensor, real.tensor]),
      ],
      [fake, real],
    );
    const ofGenerator = (x: ArrayLike<number>) => mean(Array.from(x).map((l) => softplus(-l)));
    const ofFakes = (x: ArrayLike<number>) => mean(Array.from(x).map(softplus));
    const expected = [
      [ofGenerator(fake.data)],
      [ofFakes(fake.data) + ofGenerator(real.data)],
      finiteDifferences(ofGenerator, fake.data),
      finiteDifferences(ofFakes, fake.data),
      finiteDifferences(ofGenerator, real.data),
    ];
    const names = ['generator', 'discriminator', 'd generator', 'd fake', 'd real'];
    names.forEach((name, i) => {
      expectClose(name, results[i] ?? [], expected[i] ?? [], TOLERANCE);
    });
  });
}

test('logits far from 0 stay finite', async ({ gpu }) => {
  const fake = feed([2, 1], [-200, 200]);
  const loss = generatorLoss(fake.tensor);
  const slopes = gradients([{ tensor: loss, gradient: one }], [fake.tensor]);
  const [value, slope] = await evaluate(gpu, [loss, ...slopes], [fake]);
  expectClose('loss', value ?? [], [100], TOLERANCE);
  expectClose('slope', slope ?? [], [-0.5, 0], TOLERANCE);
});
