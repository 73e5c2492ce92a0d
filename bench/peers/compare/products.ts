import type { Product } from '../framework';
import type { MakeProduct } from '../problems/product';
import { relativeDifference } from './agreement';
import { checkAll, makeAll, rowOf, type Run } from './comparison';
import type { Row } from './row';
import { timed } from '../../statistics';
import { inTurns } from './turns';

/** Relative to the greatest value: sums of up to 4096 products, in f32 and in any order. */
const WORST_DIFFERENCE = 1e-4;
/** A timed round lasts about this long where a single product is shorter. */
const ROUND_MILLISECONDS = 20;
const MAX_RUNS = 64;

const RESULTS = ['y', 'input gradient', 'weight gradient'];

/** Runs of a product in a round, by how long one takes once it is warm. */
const runsOf = async (product: Product): Promise<number> => {
  await product.run(1);
  const one = await timed(() => product.run(1));
  return Math.min(Math.max(Math.round(ROUND_MILLISECONDS / Math.max(one, 1e-3)), 1), MAX_RUNS);
};

const compareProduct = async (run: Run, make: MakeProduct): Promise<Row> => {
  const { frameworks, rounds, note } = run;
  const problem = make();
  const products = await makeAll(run, problem.name, (framework) => framework.product(problem));
  const answers = [];
  for (const [index, product] of products.entries()) {
    answers.push({ name: frameworks[index]?.name ?? '', answer: await product.results() });
  }
  const differences = checkAll(problem.name, answers, WORST_DIFFERENCE, (found, expected) =>
    Object.fromEntries(
      expected.map((values, index) => [
        RESULTS[index] ?? '',
        relativeDifference(found[index] ?? [], values),
      ]),
    ),
  );
  note(`timing ${problem.name}`);
  const contenders = [];
  for (const product of products) contenders.push({ product, runs: await runsOf(product) });
  const times = await inTurns(
    contenders,
    rounds,
    async ({ product, runs }) => (await timed(() => product.run(runs))) / runs,
  );
  for (const product of products) product.destroy();
  return rowOf(problem.name, problem.flops, run, times, differences);
};

/** Products, one after another, so that the matrices of one are on the device at a time. */
export const compareProducts = async (run: Run, makers: readonly MakeProduct[]): Promise<Row[]> => {
  const rows: Row[] = [];
  for (const make of makers) rows.push(await compareProduct(run, make));
  return rows;
};
