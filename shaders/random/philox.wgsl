// Philox4x32-10 (Salmon et al., SC 2011): four random words from a counter and a key, no state.
// Layout of this project: key = (seed, stream), counter = (block, step, 0, 0); element i of a
// tensor takes word i % 4 of block i / 4. src/graph/philox.ts makes the same bits.
// A library; random/uniform.wgsl, random/box_muller.wgsl and what draws by them come after it.

const PHILOX_ROUNDS: u32 = 10u;
const PHILOX_MULTIPLIERS: vec2u = vec2u(0xD2511F53u, 0xCD9E8D57u);
const PHILOX_WEYL: vec2u = vec2u(0x9E3779B9u, 0xBB67AE85u);
const UNIFORM_STEP: f32 = 0x1p-24;

// Upper 32 bits of a * b, from 16-bit halves since WGSL has no wide product.
fn multiply_high(a: u32, b: u32) -> u32 {
  let a_low = a & 0xFFFFu;
  let a_high = a >> 16u;
  let b_low = b & 0xFFFFu;
  let b_high = b >> 16u;
  let middle = a_high * b_low + ((a_low * b_low) >> 16u);
  let carried = a_low * b_high + (middle & 0xFFFFu);
  return a_high * b_high + (middle >> 16u) + (carried >> 16u);
}

fn philox(seed_word: u32, stream_word: u32, block: u32, step_word: u32) -> vec4u {
  var counter = vec4u(block, step_word, 0u, 0u);
  var key = vec2u(seed_word, stream_word);
  for (var round = 0u; round < PHILOX_ROUNDS; round++) {
    let low = PHILOX_MULTIPLIERS * counter.xz;
    let high_x = multiply_high(PHILOX_MULTIPLIERS.x, counter.x);
    let high_z = multiply_high(PHILOX_MULTIPLIERS.y, counter.z);
    counter = vec4u(high_z ^ counter.y ^ key.x, low.y, high_x ^ counter.w ^ key.y, low.x);
    key += PHILOX_WEYL;
  }
  return counter;
}

// Uniform in [0, 1) on the grid of 2^-24, exact in f32.
fn unit_uniform(word: u32) -> f32 {
  return f32(word >> 8u) * UNIFORM_STEP;
}
