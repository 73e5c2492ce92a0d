/** y[b] = sum of the rows of `table` (., width) that sample b picks; float64. */
export const embeddingSum = (
  table: ArrayLike<number>,
  width: number,
  rows: ArrayLike<number>,
  picks: number,
): number[] => {
  const y = new Array<number>((rows.length / picks) * width).fill(0);
  Array.from(rows).forEach((row, i) => {
    const sample = Math.floor(i / picks);
    for (let d = 0; d < width; d++) {
      y[sample * width + d] = (y[sample * width + d] ?? 0) + (table[row * width + d] ?? NaN);
    }
  });
  return y;
};
