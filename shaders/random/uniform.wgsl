// Uniform random numbers in [0, 1):
//   y[p,i] = (word >> 8) * 2^-24,  word = word i % 4 of Philox block i / 4 at step + p.
// y: (parts, count). Dispatch: one invocation a block of four of one part; x, y of the grid spread
// the workgroups.
// Needs random/philox.wgsl before it. Generated: seed, step, store.

struct Shape { count: u32, stream: u32, parts: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;

const WORKGROUP: u32 = 64u;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let blocks = (shape.count + 3u) / 4u;
  let invocation = (group.x + group.y * groups.x) * WORKGROUP + local;
  let part = invocation / blocks;
  let block = invocation % blocks;
  if (part >= shape.parts) { return; }
  let words = philox(seed(0u), shape.stream, block, step(0u) + part);
  for (var k = 0u; k < 4u; k++) {
    let i = block * 4u + k;
    if (i < shape.count) { store(part * shape.count + i, unit_uniform(words[k])); }
  }
}
