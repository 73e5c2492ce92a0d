import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { Product } from '../framework';
import type { ProductProblem } from '../problems/product';
import { at, onDevice, readAndFree } from './arrays';

export const tensorflowProduct = (problem: ProductProblem): Promise<Product> => {
  const [a, b] = [onDevice(problem.a), onDevice(problem.b)];
  const dy = problem.dy && onDevice(problem.dy);
  const product = (left: Tensor, right: Tensor): Tensor =>
    tf.matMul(left, right, false, problem.transposed);
  const withGradients = tf.valueAndGrads(product);
  const once = (): Tensor[] => {
    if (!dy) return [product(a, b)];
    const { value, grads } = withGradients([a, b], dy);
    return [value, ...grads];
  };
  return Promise.resolve({
    results: () => Promise.all(once().map(readAndFree)),
    run: async (runs) => {
      for (let i = 1; i < runs; i++) tf.dispose(once());
      const results = once();
      // The device reads a value back after all that was asked of it before.
      await readAndFree(at(results, 0).slice([0, 0], [1, 1]));
      tf.dispose(results);
    },
    destroy: () => {
      tf.dispose([a, b, ...(dy ? [dy] : [])]);
    },
  });
};
