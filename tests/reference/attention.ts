/** softmax(q k' / sqrt(width)) v for qkv (batch, tokens, 3, heads, width), query by query; float64. */
export const attention = (
  qkv: ArrayLike<number>,
  batch: number,
  tokens: number,
  heads: number,
  width: number,
): number[] => {
  const y = new Array<number>(batch * tokens * heads * width).fill(0);
  const at = (b: number, t: number, part: number, h: number, i: number): number =>
    qkv[(((b * tokens + t) * 3 + part) * heads + h) * width + i] ?? NaN;
  const range = (count: number) => Array.from({ length: count }, (_, i) => i);
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      for (let q = 0; q < tokens; q++) {
        const scores = range(tokens).map(
          (t) =>
            range(width).reduce((sum, i) => sum + at(b, q, 0, h, i) * at(b, t, 1, h, i), 0) /
            Math.sqrt(width),
        );
        const largest = Math.max(...scores);
        const weights = scores.map((score) => Math.exp(score - largest));
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        for (let i = 0; i < width; i++) {
          y[((b * tokens + q) * heads + h) * width + i] = weights.reduce(
            (sum, weight, t) => sum + (weight / total) * at(b, t, 2, h, i),
            0,
          );
        }
      }
    }
  }
  return y;
};
