import { blockUntilReady, jit, numpy as np, tree, vjp } from '@jax-js/jax';
import type { Array as JaxArray } from '@jax-js/jax';
import type { Product } from '../framework';
import type { ProductProblem } from '../problems/product';
import { onDevice } from './arrays';

/** A product under jit, with its gradients in the same function. */
export const jaxProduct = (problem: ProductProblem): Promise<Product> => {
  const product = (a: JaxArray, b: JaxArray): JaxArray =>
    np.matmul(a, problem.transposed ? b.transpose() : b);
  const operands = [problem.a, problem.b, ...(problem.dy ? [problem.dy] : [])].map(onDevice);
  const compute = jit((a: JaxArray, b: JaxArray, dy?: JaxArray): JaxArray[] => {
    if (!dy) return [product(a, b)];
    const [y, pull] = vjp(product, [a, b]);
    const gradients = pull(dy);
    pull.dispose();
    return [y, ...gradients];
  });
  const once = (): JaxArray[] => {
    const [a, b, dy] = operands.map((operand) => operand.ref) as [JaxArray, JaxArray, JaxArray?];
    return dy ? compute(a, b, dy) : compute(a, b);
  };
  return Promise.resolve({
    results: () => Promise.all(once().map((result) => result.data())),
    run: async (runs) => {
      const results = Array.from({ length: runs }, once);
      await blockUntilReady(results.map(([y]) => y));
      tree.dispose(results);
    },
    destroy: () => {
      tree.dispose(operands);
      compute.dispose();
    },
  });
};
