import functions from '../../../shaders/elementwise/functions.wgsl?raw';
import { broadcastOperands, type OnnxEmitter } from '../onnx';
import { broadcastShapes, refuseShapes } from '../shape';
import { constant, makeTensor, type Tensor } from '../tensor';
import { broadcastTo } from './views';

/** The WGSL functions that pointwise expressions may call; placed before generated code. */
export const POINTWISE_LIBRARY = functions;

/** A number stands for a constant scalar. */
export type Operand = Tensor | number;

const asTensor = (operand: Operand): Tensor =>
  typeof operand === 'number' ? constant(operand) : operand;

/** Rough costs of one element: an addition is 1, a transcendental function 8. */
const CHEAP = 1;
const COSTLY = 8;

type UnaryRule = (x: Tensor, y: Tensor) => Tensor;

/** What is known of an elementwise function besides its kernel. */
interface UnaryRules {
  readonly derivative?: UnaryRule;
  /** Adds the nodes of f(x) and returns the result. */
  readonly onnx?: (emitter: OnnxEmitter, x: string) => string;
}

/** The mapping of a function that is an ONNX operator. */
const operator =
  (type: string) =>
  (emitter: OnnxEmitter, x: string): string =>
    emitter.node(type, [x]);

const unary =
  (
    operation: string,
    cost: number,
    wgsl: (x: string) => string,
    { derivative, onnx }: UnaryRules = {},
  ) =>
  (x: Tensor): Tensor => {
    const y: Tensor = makeTensor({
      operation,
      shape: x.shape,
      inputs: [x],
      ...(derivative && { gradient: (dy: Tensor) => [multiply(dy, derivative(x, y))] }),
      ...(onnx && { onnx: (emitter: OnnxEmitter) => onnx(emitter, emitter.value(x)) }),
      lowering: {
        kind: 'pointwise',
        cost,
        aligned: true,
        emit: (emitter, index) => wgsl(emitter.value(x, index)),
      },
    });
    return y;
  };

type BinaryRule = (dy: Tensor, a: Tensor, b: Tensor) => readonly [Tensor, Tensor];

const binary =
  (
    operation: string,
    onnx: string,
    wgsl: (a: string, b: string) => string,
    derivative: BinaryRule,
  ) =>
  (left: Operand, right: Operand): Tensor => {
    const [a, b] = [asTensor(left), asTensor(right)];
    const shape = broadcastShapes(operation, a.shape, b.shape);
    if (a.dtype !== b.dtype)
      refuseShapes(operation, [a.shape, b.shape], `${a.dtype} and ${b.dtype}`);
    const [wideA, wideB] = [broadcastTo(a, shape), broadcastTo(b, shape)];
    return makeTensor({
      operation,
      shape,
      dtype: a.dtype,
      inputs: [wideA, wideB],
      gradient: (dy) => derivative(dy, wideA, wideB),
      onnx: (emitter) => emitter.node(onnx, broadcastOperands(emitter, [wideA, wideB])),
      lowering: {
        kind: 'pointwise',
        cost: CHEAP,
        aligned: true,
        emit: (emitter, index) => wgsl(emitter.value(wideA, index), emitter.value(wideB, index)),
      },
    });
  };

/** a + b, broadcasting. */
export const add = binary(
  'add',
  'Add',
  (a, b) => `(${a} + ${b})`,
  (dy) => [dy, dy],
);
/** a - b, broadcasting. */
export const subtract = binary(
  'subtract',
  'Sub',
  (a, b) => `(${a} - ${b})`,
  (dy) => [dy, negate(dy)],
);
/** a * b, broadcasting. */
export const multiply = binary(
  'multiply',
  'Mul',
  (a, b) => `(${a} * ${b})`,
  (dy, a, b) => [multiply(dy, b), multiply(dy, a)],
);
/** a / b, broadcasting. */
export const divide = binary(
  'divide',
  'Div',
  (a, b) => `(${a} / ${b})`,
  (dy, a, b) => [divide(dy, b), negate(multiply(dy, divide(a, square(b))))],
);

/** -x. */
export const negate = unary('negate', CHEAP, (x) => `(-${x})`, {
  derivative: () => constant(-1),
  onnx: operator('Neg'),
});
/** x * x. */
export const square = unary('square', CHEAP, (x) => `square(${x})`, {
  derivative: (x) => multiply(x, 2),
  onnx: (emitter, x) => emitter.node('Mul', [x, x]),
});
/** The square root; its gradient at 0 is infinite. */
export const sqrt = unary('sqrt', COSTLY, (x) => `sqrt(${x})`, {
  derivative: (_, y) => divide(0.5, y),
  onnx: operator('Sqrt'),
});
/** e to the x. */
export const exp = unary('exp', COSTLY, (x) => `exp(${x})`, {
  derivative: (_, y) => y,
  onnx: operator('Exp'),
});
/** Natural logarithm. */
export const log = unary('log', COSTLY, (x) => `log(${x})`, {
  derivative: (x) => divide(1, x),
  onnx: operator('Log'),
});
/** |x|; the gradient at 0 is 0. */
export const absolute = unary('absolute', CHEAP, (x) => `abs(${x})`, {
  derivative: (x) => sign(x),
  onnx: operator('Abs'),
});
/** -1, 0 or 1; no gradient. */
export const sign = unary('sign', CHEAP, (x) => `sign(${x})`, { onnx: operator('Sign') });
/** 1 / (1 + e^-x). */
export const sigmoid = unary('sigmoid', COSTLY, (x) => `sigmoid(${x})`, {
  derivative: (_, y) => multiply(y, subtract(1, y)),
  onnx: operator('Sigmoid'),
});
/** log(1 + e^x), safe for large |x|. */
export const softplus = unary('softplus', COSTLY, (x) => `softplus(${x})`, {
  derivative: (x) => sigmoid(x),
  onnx: operator('Softplus'),
});
const siluDerivative = unary('siluDerivative', COSTLY, (x) => `silu_derivative(${x})`);
/** x * sigmoid(x). */
export const silu = unary('silu', COSTLY, (x) => `silu(${x})`, {
  derivative: (x) => siluDerivative(x),
  onnx: (emitter, x) => emitter.node('Mul', [x, emitter.node('Sigmoid', [x])]),
});
/** 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))). */
const geluNodes = (emitter: OnnxEmitter, x: string): string => {
  const times = (a: string, b: string | number): string =>
    emitter.node('Mul', [a, typeof b === 'number' ? emitter.floats(b) : b]);
  const cube = times(times(x, x), x);
  const inner = times(emitter.node('Add', [x, times(cube, 0.044715)]), Math.sqrt(2 / Math.PI));
  const share = emitter.node('Add', [emitter.node('Tanh', [inner]), emitter.floats(1)]);
  return times(times(x, 0.5), share);
};
const geluDerivative = unary('geluDerivative', COSTLY, (x) => `gelu_derivative(${x})`);
/** GELU in its tanh form, as in GPT-2 and DiT. */
export const gelu = unary('gelu', COSTLY, (x) => `gelu(${x})`, {
  derivative: (x) => geluDerivative(x),
  onnx: geluNodes,
});

/** Minimum of x and a bound without gradient; for clip factors. */
export const minimum = (left: Tensor, right: Operand): Tensor => {
  const b = broadcastTo(asTensor(right), left.shape);
  return makeTensor({
    operation: 'minimum',
    shape: left.shape,
    inputs: [left, b],
    onnx: (emitter) => emitter.node('Min', broadcastOperands(emitter, [left, b])),
    lowering: {
      kind: 'pointwise',
      cost: CHEAP,
      aligned: true,
      emit: (emitter, index) => `min(${emitter.value(left, index)}, ${emitter.value(b, index)})`,
    },
  });
};

/** `positive` where the condition is > 0, else `otherwise`; no gradient to the condition. */
export const where = (condition: Operand, positive: Operand, otherwise: Operand): Tensor => {
  const parts = [asTensor(condition), asTensor(positive), asTensor(otherwise)] as const;
  const shape = parts.reduce<readonly number[]>(
    (wide, part) => broadcastShapes('where', wide, part.shape),
    [],
  );
  const [test, yes, no] = [
    broadcastTo(parts[0], shape),
    broadcastTo(parts[1], shape),
    broadcastTo(parts[2], shape),
  ];
  return makeTensor({
    operation: 'where',
    shape,
    inputs: [test, yes, no],
    gradient: (dy) => [null, where(test, dy, 0), where(test, 0, dy)],
    onnx: (emitter) => {
      const [condition = '', ...values] = broadcastOperands(emitter, [test, yes, no]);
      const positive = emitter.node('Greater', [condition, emitter.floats(0)]);
      return emitter.node('Where', [positive, ...values]);
    },
    lowering: {
      kind: 'pointwise',
      cost: CHEAP,
      aligned: true,
      emit: (emitter, index) =>
        `select(${emitter.value(no, index)}, ${emitter.value(yes, index)}, ${emitter.value(test, index)} > 0.0)`,
    },
  });
};
