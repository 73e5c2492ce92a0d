import keysSource from '../../../shaders/nn/attention_gradient_keys.wgsl?raw';
import forwardSource from '../../../shaders/nn/attention.wgsl?raw';
import queriesSource from '../../../shaders/nn/attention_gradient.wgsl?raw';
import sharedSource from '../../../shaders/nn/attention_gradient_shared.wgsl?raw';
import scalarFeatures from '../../../shaders/nn/features_scalar.wgsl?raw';
import vectorFeatures from '../../../shaders/nn/features_vec4.wgsl?raw';
import { ceilDivide, spreadWorkgroups, type Dispatch } from '../kernel';
import type { OnnxEmitter } from '../onnx';
import { refuseShapes } from '../shape';
import { makeTensor, type Tensor } from '../tensor';

const WORKGROUP = 64;
const VECTOR = 4;

/** Scores of a query are held in private memory, so sequences are short. */
export const MAX_TOKENS = 64;
export const MAX_HEAD_WIDTH = 128;
/** Up to here, the weights of a sample and head fit a workgroup's memory twice (8 KiB). */
export const MAX_SHARED_TOKENS = 32;

interface Sizes {
  readonly batch: number;
  readonly tokens: number;
  readonly heads: number;
  /** Features of one head. */
  readonly width: number;
}

const sizesOf = (qkv: Tensor, heads: number): Sizes => {
  const refuse = (reason: string): never => refuseShapes('attention', [qkv.shape, [heads]], reason);
  const [batch = 1, tokens = 1, packed = 1] = qkv.shape;
  if (qkv.shape.length !== 3) refuse('qkv must be (batch, tokens, 3 * width)');
  const width = packed / (3 * heads);
  if (!Number.isInteger(heads) || heads < 1 || !Number.isInteger(width)) {
    refuse('the last axis does not split into 3 and the heads of the second');
  }
  if (tokens > MAX_TOKENS) refuse(`a sequence has at most ${MAX_TOKENS} tokens`);
  if (width > MAX_HEAD_WIDTH) refuse(`a head has at most ${MAX_HEAD_WIDTH} features`);
  return { batch, tokens, heads, width };
};

/** How many features of a head are read at once. */
const lanesOf = (width: number): number => (width % VECTOR === 0 ? VECTOR : 1);

const dispatchOf = (
  { batch, tokens, heads, width }: Sizes,
  source: string,
  workgroups: number,
): Dispatch => ({
  source: [
    `const TOKENS: u32 = ${tokens}u;`,
    lanesOf(width) === 1 ? scalarFeatures : vectorFeatures,
    source,
  ].join('\n'),
  shape: [batch, heads, width],
  workgroups: spreadWorkgroups(workgroups),
});

/** Floating-point operations of one T x T x W product per head. */
const productFlops = ({ batch, tokens, heads, width }: Sizes): number =>
  2 * batch * heads * tokens * tokens * width;

/**
 * Multi-head attention softmax(q k' / sqrt(D / heads)) v of every sample, without a mask: qkv
 * (B, T, 3 * D), packed as (3, heads, D / heads), to (B, T, D). Throws ShapeError for more than 64
 * tokens, heads wider than 128, or a last axis that does not split.
 */
export const attention = (qkv: Tensor, heads: number): Tensor => {
  const sizes = sizesOf(qkv, heads);
  const { batch, tokens, width } = sizes;
  const rows = batch * tokens * heads;
  return makeTensor({
    operation: 'attention',
    shape: [batch, tokens, heads * width],
    inputs: [qkv],
    gradient: (dy) => [attentionGradient(qkv, dy, sizes)],
    onnx: (emitter) => attentionNodes(emitter, qkv, sizes),
    lowering: {
      kind: 'kernel',
      kernel: {
        family: 'nn/attention',
        operands: [{ name: 'qkv', access: 'buffer' }],
        dispatches: () => [dispatchOf(sizes, forwardSource, ceilDivide(rows, WORKGROUP))],
        flops: 2 * productFlops(sizes),
      },
    },
  });
};

/** The product of all heads at once: queries, keys and values are (B, heads, T, W). */
const attentionNodes = (
  emitter: OnnxEmitter,
  qkv: Tensor,
  { batch, tokens, heads, width }: Sizes,
): string => {
  const split = [batch, tokens, 3, heads, width];
  const packed = emitter.node(
    'Transpose',
    [emitter.reshape(emitter.value(qkv), qkv.shape, split)],
    {
      perm: [2, 0, 3, 1, 4],
    },
  );
  const part = (index: number): string =>
    emitter.node('Gather', [packed, emitter.integers(index)], { axis: 0 });
  const keys = emitter.node('Transpose', [part(1)], { perm: [0, 1, 3, 2] });
  const products = emitter.node('MatMul', [part(0), keys]);
  const scores = emitter.node('Mul', [products, emitter.floats(1 / Math.sqrt(width))]);
  const shares = emitter.node('Softmax', [scores], { axis: -1 });
  const mixed = emitter.node('MatMul', [shares, part(2)]);
  const rows = emitter.node('Transpose', [mixed], { perm: [0, 2, 1, 3] });
  return emitter.reshape(rows, [batch, tokens, heads, width], [batch, tokens, heads * width]);
};

/** Backward: in one dispatch where workgroups share what a pass over queries finds, else in two. */
const attentionGradient = (qkv: Tensor, dy: Tensor, sizes: Sizes): Tensor => {
  const { batch, tokens, heads, width } = sizes;
  const rows = batch * tokens * heads;
  const mayShare = tokens <= MAX_SHARED_TOKENS;
  const shared = (): Dispatch => ({
    ...dispatchOf(sizes, sharedSource, batch * heads),
    uses: { scratch: [] },
  });
  const apart = (): Dispatch[] => [
    dispatchOf(sizes, queriesSource, ceilDivide(rows, WORKGROUP)),
    dispatchOf(sizes, keysSource, ceilDivide(rows * (width / lanesOf(width)), WORKGROUP)),
  ];
  return makeTensor({
    operation: 'attentionGradient',
    shape: qkv.shape,
    inputs: [qkv, dy],
    lowering: {
      kind: 'kernel',
      kernel: {
        family: 'nn/attention',
        operands: [
          { name: 'qkv', access: 'buffer' },
          { name: 'dy', access: 'buffer' },
        ],
        scratch: [[batch, tokens, heads, 2, tokens]],
        dispatches: ({ reduce }) => (reduce !== 'serial' && mayShare ? [shared()] : apart()),
        flops: 5 * productFlops(sizes),
      },
    },
  });
};
