// Standard normal random numbers by Box-Muller, two from each pair of words (w, w') of a Philox
// block, so that words 0, 1 give elements 0, 1 of the block and words 2, 3 give elements 2, 3:
//   r = sqrt(-2 ln u1),  y = (r cos(2 pi u2), r sin(2 pi u2)),
//   u1 = ((w >> 8) + 1) * 2^-24 in (0, 1],  u2 = (w' >> 8) * 2^-24 in [0, 1).
// y: (count). Dispatch: one invocation a block of four; x, y of the grid spread the workgroups.
// Needs random/philox.wgsl and math/turns.wgsl before it. Generated: seed, step, store.

struct Shape { count: u32, stream: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;

const WORKGROUP: u32 = 64u;

fn box_muller(word: u32, next: u32) -> vec2f {
  // The maximum: ln 1 may come out a rounding error above 0.
  let radius = sqrt(max(-2.0 * log(unit_uniform(word) + UNIFORM_STEP), 0.0));
  return radius * cos_sin_of_turns(unit_uniform(next));
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let block = (group.x + group.y * groups.x) * WORKGROUP + local;
  let words = philox(seed(0u), shape.stream, block, step(0u));
  let normals = vec4f(box_muller(words.x, words.y), box_muller(words.z, words.w));
  for (var k = 0u; k < 4u; k++) {
    let i = block * 4u + k;
    if (i < shape.count) { store(i, normals[k]); }
  }
}
