import turns from '../../../shaders/math/turns.wgsl?raw';
import source from '../../../shaders/nn/time_embedding.wgsl?raw';
import { ceilDivide, spreadWorkgroups } from '../kernel';
import { refuseShapes } from '../shape';
import { makeTensor, type Tensor } from '../tensor';

const WORKGROUP = 64;
const FREQUENCIES = 32;

/**
 * Sinusoidal embedding of times t (B) as (B, 2 * half): sin(t f_k) for all k, then cos(t f_k), with
 * `half` frequencies f_k = 1000 * exp(-ln(1000) k / half) from 1000 down to almost 1. No gradient.
 * Throws ShapeError unless t is (B).
 */
export const timeEmbedding = (t: Tensor, half = FREQUENCIES): Tensor => {
  const [samples = 1] = t.shape;
  if (t.shape.length !== 1) refuseShapes('timeEmbedding', [t.shape], 'times must be (samples)');
  const count = samples * 2 * half;
  return makeTensor({
    operation: 'timeEmbedding',
    shape: [samples, 2 * half],
    inputs: [t],
    lowering: {
      kind: 'kernel',
      kernel: {
        family: 'nn/timeEmbedding',
        operands: [{ name: 't', access: 'value' }],
        dispatches: () => [
          {
            source: `${turns}\n${source}`,
            shape: [count, half],
            workgroups: spreadWorkgroups(ceilDivide(count, WORKGROUP)),
          },
        ],
        flops: 24 * count,
      },
    },
  });
};
