// Sinusoidal embedding of times t: (B) as y: (B, 2 * half),
//   y[b,k] = sin(t[b] f_k),  y[b,half + k] = cos(t[b] f_k),
//   f_k = MAX_FREQUENCY * exp(-ln(MAX_FREQUENCY) k / half),  k = 0..half - 1.
// Dispatch: one invocation an element; x, y of the grid spread the workgroups.
// Needs math/turns.wgsl before it. Generated: t, store.

struct Shape { count: u32, half: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;

const WORKGROUP: u32 = 64u;
const MAX_FREQUENCY: f32 = 1000.0;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = (group.x + group.y * groups.x) * WORKGROUP + local;
  if (i >= shape.count) { return; }
  let column = i % (2u * shape.half);
  let k = column % shape.half;
  let frequency = MAX_FREQUENCY * exp(-log(MAX_FREQUENCY) * f32(k) / f32(shape.half));
  let cos_sin = cos_sin_of_turns(t(i / (2u * shape.half)) * (frequency / TURN));
  store(i, select(cos_sin.x, cos_sin.y, column < shape.half));
}
