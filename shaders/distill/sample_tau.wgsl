// Noise levels tau for B samples (t = 0 noise, t = 1 clean), uniform on (low, hi]:
//   tau[b] = hi - u (hi - low),  u in [0, 1),  low = max(t, lo) if above_t > 0 (the paper's (t, 1],
//   constrained schedules), else lo.
// Where the range is empty (low >= hi), and where rounding would give `low` itself, tau = hi.
// u[b] is the uniform number b of the stream, as in random/uniform.wgsl.
// Dispatch: one invocation a block of four; x, y of the grid spread the workgroups.
// Needs random/philox.wgsl before it. Generated (scalars): lo, hi, above_t, t, seed, step; store.

struct Shape { count: u32, stream: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;

const WORKGROUP: u32 = 64u;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let block = (group.x + group.y * groups.x) * WORKGROUP + local;
  let words = philox(seed(0u), shape.stream, block, step(0u));
  let low = select(lo(0u), max(t(0u), lo(0u)), above_t(0u) > 0.0);
  for (var k = 0u; k < 4u; k++) {
    let b = block * 4u + k;
    if (b >= shape.count) { break; }
    let tau = hi(0u) - unit_uniform(words[k]) * (hi(0u) - low);
    store(b, select(tau, hi(0u), tau <= low));
  }
}
