import gradientSource from '../../../shaders/nn/embedding_gradient.wgsl?raw';
import { ceilDivide, spreadWorkgroups } from '../kernel';
import { refuseShapes } from '../shape';
import { makeTensor, tensorSize, type Tensor } from '../tensor';

const WORKGROUP = 64;

/**
 * Sum of rows of a table: table (R, D) and rows i32 (B, A) to (B, D), y[b] = sum_a table[rows[b,a]].
 * Row numbers outside 0 .. R-1 are clamped. With a table (parts, R, D), as `perPart` gives it, each
 * part of B has its own; then the result is a constant to differentiation. Throws ShapeError where
 * sizes disagree, and unless rows is of integers.
 */
export const embeddingSum = (table: Tensor, rows: Tensor): Tensor => {
  const refuse = (reason: string): never =>
    refuseShapes('embeddingSum', [table.shape, rows.shape], reason);
  const [count = 1, width = 1] = table.shape.slice(-2);
  const [samples = 1, picks = 1] = rows.shape;
  const isWhole = table.shape.length === 2;
  const [parts = 1] = isWhole ? [] : table.shape;
  if (!isWhole && table.shape.length !== 3) refuse('a table has two axes, or three with parts');
  if (rows.shape.length !== 2) refuse('rows have two axes');
  if (samples % parts !== 0) refuse(`the samples are no ${parts} parts`);
  if (rows.dtype !== 'i32') refuse(`rows must be i32, not ${rows.dtype}`);
  return makeTensor({
    operation: 'embeddingSum',
    shape: [samples, width],
    inputs: [table, rows],
    ...(isWhole && { gradient: (dy) => [embeddingGradient(rows, dy, count), null] }),
    onnx: (emitter) => {
      const picked = emitter.node('Gather', [emitter.value(table), emitter.value(rows)], {
        axis: 0,
      });
      return emitter.node('ReduceSum', [picked, emitter.integers([1])], { keepdims: 0 });
    },
    lowering: {
      kind: 'pointwise',
      cost: 2 * picks,
      aligned: false,
      emit: (emitter, index) => {
        const sample = emitter.let(`${index} / ${width}u`);
        const first = parts === 1 ? '' : `${sample} / ${samples / parts}u * ${count}u + `;
        const picked = Array.from({ length: picks }, (_, pick) => {
          const row = emitter.value(rows, emitter.let(`${sample} * ${picks}u + ${pick}u`));
          const line = `u32(clamp(${row}, 0i, ${count - 1}i))`;
          const at = `(${first}${line}) * ${width}u + ${index} % ${width}u`;
          return emitter.value(table, emitter.let(at));
        });
        return picked.join(' + ');
      },
    },
  });
};

/** Gradient of `embeddingSum` with respect to a table of `count` rows: (count, D). */
const embeddingGradient = (rows: Tensor, dy: Tensor, count: number): Tensor => {
  const [samples = 1, picks = 1] = rows.shape;
  const width = dy.shape.at(-1) ?? 1;
  return makeTensor({
    operation: 'embeddingGradient',
    shape: [count, width],
    inputs: [rows, dy],
    lowering: {
      kind: 'kernel',
      kernel: {
        family: 'nn/embedding',
        operands: [
          { name: 'rows', access: 'value', evaluations: count * width },
          { name: 'dy', access: 'value', evaluations: picks },
        ],
        dispatches: () => [
          {
            source: gradientSource,
            shape: [count, width, samples, picks],
            workgroups: spreadWorkgroups(ceilDivide(count * width, WORKGROUP)),
          },
        ],
        flops: tensorSize(rows) * width,
      },
    },
  });
};
