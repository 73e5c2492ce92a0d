// Noise levels tau for B samples, as distill/tau_level.wgsl says: tau: (B).
// Dispatch: one invocation a block of four; x, y of the grid spread the workgroups.
// Needs random/philox.wgsl, math/turns.wgsl, random/box_muller.wgsl and distill/tau_level.wgsl before
// it. Generated (scalars): those of tau_level.wgsl, seed, step; store.

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
  let normals = normals_of(words);
  for (var k = 0u; k < 4u; k++) {
    let b = block * 4u + k;
    if (b >= shape.count) { break; }
    store(b, level_of(words[k], normals[k]));
  }
}
