// Gradient normaliser of DMD2 (Eq. 8 there), per sample b of n values:
//   norm[b] = max(mean_i |gen[b,i] - real_cond[b,i]|, TINY) where normalise > 0, else 1.
// A library for the row kernels distill/ca.wgsl and distill/dm.wgsl; every invocation must call it.
// Needs reduce/lanes_*.wgsl before it. Generated: gen, real_cond, normalise (scalar).

// Far below any difference of images in [-1, 1] that f32 can tell from rounding.
const TINY: f32 = 1e-6;

// `base` is the sample's first value, `n` the values of a sample, `width` the same or 0 past the end.
fn normaliser(lane: u32, base: u32, width: u32, n: u32) -> f32 {
  var sum = 0.0;
  for (var i = lane; i < width; i += LANES) { sum += abs(gen(base + i) - real_cond(base + i)); }
  let distance = sum_over_lanes(lane, sum) / f32(n);
  return select(1.0, max(distance, TINY), normalise(0u) > 0.0);
}
