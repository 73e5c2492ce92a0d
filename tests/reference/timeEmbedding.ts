/** sin(t f_k) for all k, then cos(t f_k), for each time; f_k = 1000 exp(-ln(1000) k / half). */
export const timeEmbedding = (times: ArrayLike<number>, half: number): number[] => {
  const frequencies = Array.from({ length: half }, (_, k) => 1000 ** (1 - k / half));
  return Array.from(times).flatMap((t) => [
    ...frequencies.map((f) => Math.sin(t * f)),
    ...frequencies.map((f) => Math.cos(t * f)),
  ]);
};
