/** The operators of opset 17 that files use, each with how few and how many inputs it takes. */
export const OPERATORS: ReadonlyMap<string, readonly [number, number]> = new Map<
  string,
  readonly [number, number]
>([
  ...['Abs', 'Cast', 'Cos', 'Exp', 'Identity', 'Log', 'Neg', 'Round', 'Shape', 'Sigmoid', 'Sign']
    .concat('Sin', 'Softmax', 'Softplus', 'Sqrt', 'Tanh', 'Transpose')
    .map((type) => [type, [1, 1]] as const),
  ...['Add', 'Div', 'Expand', 'Gather', 'Greater', 'Less', 'MatMul', 'Mul', 'Reshape', 'Sub'].map(
    (type) => [type, [2, 2]] as const,
  ),
  ['Clip', [1, 3]],
  ['Concat', [1, Infinity]],
  ['LayerNormalization', [2, 3]],
  ['Min', [1, Infinity]],
  ['Pad', [2, 3]],
  ['ReduceSum', [1, 2]],
  ['Slice', [3, 5]],
  ['Where', [3, 3]],
]);
