// Renoise at a noise level and with noise drawn here, per sample b of n values (t = 0 noise, t = 1
// clean):
//   y[b,i] = tau[b] * x[b,i] + (1 - tau[b]) * noise[b,i]
// tau[b] is what distill/sample_tau.wgsl draws of one stream, noise what random/normal.wgsl draws of
// another: the same bits in one dispatch in place of three. x, y, noise: (B, n); tau: (B).
// Dispatch: one invocation a block of four; x, y of the grid spread the workgroups.
// Needs random/philox.wgsl, math/turns.wgsl, random/box_muller.wgsl and distill/tau_level.wgsl before
// it. Generated: x; (scalars) those of tau_level.wgsl, seed, step; store, store_tau, store_noise.

struct Shape { count: u32, n: u32, tau_stream: u32, noise_stream: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;

const WORKGROUP: u32 = 64u;

fn level_of_sample(b: u32) -> f32 {
  let words = philox(seed(0u), shape.tau_stream, b / 4u, step(0u));
  return level_of(words[b % 4u], normals_of(words)[b % 4u]);
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let block = (group.x + group.y * groups.x) * WORKGROUP + local;
  let first = block * 4u;
  if (first >= shape.count) { return; }
  let normals = normals_of(philox(seed(0u), shape.noise_stream, block, step(0u)));
  var b = first / shape.n;
  var level = level_of_sample(b);
  for (var k = 0u; k < 4u; k++) {
    let i = first + k;
    if (i >= shape.count) { break; }
    // A block may reach into the next samples.
    if (i / shape.n != b) {
      b = i / shape.n;
      level = level_of_sample(b);
    }
    if (i % shape.n == 0u) { store_tau(b, level); }
    store_noise(i, normals[k]);
    store(i, level * x(i) + (1.0 - level) * normals[k]);
  }
}
