// The noise level tau of sample b (t = 0 noise, t = 1 clean), on (low, hi]:
//   tau[b] = low + u (hi - low),  low = max(t, lo) if above_t > 0 (the paper's (t, 1], constrained
//   schedules), else lo,  u = 1 - v the share of clean data, v the share of noise:
//   UNIFORM:       v = w
//   LOGIT_NORMAL:  u = sigmoid(logit_mean + logit_std z); a mean below 0 leans towards noise
//                  (Esser et al. 2024, "Scaling rectified flow transformers", whose t = 1 is noise)
//   SHIFTED:       v = s w / (1 + (s - 1) w), that paper's timestep shift: s > 1 leans towards
//                  noise, s = 1 is UNIFORM. In terms of u: u' = u / (u + s (1 - u)).
// w in [0, 1) is the uniform number b of the stream and z the normal number b, as in random/*.wgsl.
// Where the range is empty (low >= hi), tau = hi.
// A library; needs random/philox.wgsl before it. Generated (scalars): distribution, lo, hi, above_t, t,
// logit_mean, logit_std, shift. distill/sample_tau.wgsl and distill/draw_renoised.wgsl come after it.

// Places in DISTRIBUTIONS of src/flow/tauDistribution.ts; everything else is UNIFORM.
const LOGIT_NORMAL: f32 = 1.0;
const SHIFTED: f32 = 2.0;

fn noise_share(w: f32, z: f32) -> f32 {
  if (distribution(0u) == LOGIT_NORMAL) {
    // sigmoid(-x), so that levels near clean data keep their digits.
    return 1.0 / (1.0 + exp(logit_mean(0u) + logit_std(0u) * z));
  }
  let s = select(1.0, shift(0u), distribution(0u) == SHIFTED);
  return s * w / (1.0 + (s - 1.0) * w);
}

// The least f32 above x >= 0, far from numbers so small that a GPU takes them for 0.
fn next_above(x: f32) -> f32 {
  return max(bitcast<f32>(bitcast<u32>(x) + 1u), UNIFORM_STEP);
}

/// tau from word b of the stream and the normal number b that is made of it.
fn level_of(word: u32, normal: f32) -> f32 {
  let low = select(lo(0u), max(t(0u), lo(0u)), above_t(0u) > 0.0);
  let tau = hi(0u) - noise_share(unit_uniform(word), normal) * (hi(0u) - low);
  // The range is open at its lower end, also where rounding would reach it.
  return min(max(tau, next_above(low)), hi(0u));
}
