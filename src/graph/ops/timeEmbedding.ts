import turns from '../../../shaders/math/turns.wgsl?raw';
import source from '../../../shaders/nn/time_embedding.wgsl?raw';
import { ceilDivide, spreadWorkgroups } from '../kernel';
import { refuseShapes } from '../shape';
import { makeTensor, type Tensor } from '../tensor';

const WORKGROUP = 64;
const FREQUENCIES = 32;
/** As in the kernel. */
const MAX_FREQUENCY = 1000;

/** f_k / (2 pi), for all k. */
const turnsOf = (half: number): number[] =>
  Array.from(
    { length: half },
    (_, k) => (MAX_FREQUENCY * Math.exp((-Math.log(MAX_FREQUENCY) * k) / half)) / (2 * Math.PI),
  );

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
    onnx: (emitter) => {
      // In turns, as the kernel: sine and cosine of large angles are inexact on some adapters.
      const column = emitter.reshape(emitter.value(t), [samples], [samples, 1]);
      const turns = emitter.node('Mul', [column, emitter.floats(turnsOf(half))]);
      const rest = emitter.node('Sub', [turns, emitter.node('Round', [turns])]);
      const angles = emitter.node('Mul', [rest, emitter.floats(2 * Math.PI)]);
      const parts = [emitter.node('Sin', [angles]), emitter.node('Cos', [angles])];
      return emitter.node('Concat', parts, { axis: 1 });
    },
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
