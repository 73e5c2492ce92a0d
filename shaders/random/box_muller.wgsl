// Standard normal numbers by Box-Muller, two from each pair of words (w, w') of a Philox block:
//   r = sqrt(-2 ln u1),  (r cos(2 pi u2), r sin(2 pi u2)),
//   u1 = ((w >> 8) + 1) * 2^-24 in (0, 1],  u2 = (w' >> 8) * 2^-24 in [0, 1).
// A library; needs random/philox.wgsl and math/turns.wgsl before it. random/normal.wgsl and
// distill/sample_tau.wgsl come after it.

fn box_muller(word: u32, next: u32) -> vec2f {
  // The maximum: ln 1 may come out a rounding error above 0.
  let radius = sqrt(max(-2.0 * log(unit_uniform(word) + UNIFORM_STEP), 0.0));
  return radius * cos_sin_of_turns(unit_uniform(next));
}

// Words 0, 1 of a block give normals 0, 1; words 2, 3 give normals 2, 3.
fn normals_of(words: vec4u) -> vec4f {
  return vec4f(box_muller(words.x, words.y), box_muller(words.z, words.w));
}
