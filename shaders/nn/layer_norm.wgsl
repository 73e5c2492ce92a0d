// LayerNorm without parameters, forward: for each row r of `width` values,
//   y[r,i] = (x[r,i] - mean[r]) / sqrt(var[r] + EPSILON),  var biased (divided by width).
// x: (rows, width). Modulation y * (1 + scale) + shift is fused behind `store`.
// Dispatch: LANES x ROWS invocations a workgroup, ROWS rows a workgroup; x, y of the grid spread rows.
// Needs reduce/lanes_*.wgsl before it. Generated: store.

struct Shape { rows: u32, width: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> x: array<f32>;

const EPSILON: f32 = 1e-5;

@compute @workgroup_size(LANES, ROWS)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) local: vec3u,
) {
  let lane = local.x;
  let row = (group.x + group.y * groups.x) * ROWS + local.y;
  let width = select(0u, shape.width, row < shape.rows);
  let base = row * shape.width;

  var sum = 0.0;
  for (var i = lane; i < width; i += LANES) { sum += x[base + i]; }
  let mean = sum_over_lanes(lane, sum) / f32(shape.width);

  var squares = 0.0;
  for (var i = lane; i < width; i += LANES) {
    let centred = x[base + i] - mean;
    squares += centred * centred;
  }
  let variance = sum_over_lanes(lane, squares) / f32(shape.width);
  let scale = inverseSqrt(variance + EPSILON);

  for (var i = lane; i < width; i += LANES) { store(base + i, (x[base + i] - mean) * scale); }
}
