// LayerNorm, backward: with y the normalised row and g = dL/dy,
//   dx[r,i] = (g[r,i] - mean(g) - y[r,i] * mean(g * y)) / sqrt(var[r] + EPSILON).
// x: (rows, width), mean and variance are recomputed from it. dy: (rows, width).
// Dispatch: as layer_norm.wgsl. Needs reduce/lanes_*.wgsl before it. Generated: dy, store.

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
  let n = f32(shape.width);

  var sum = 0.0;
  for (var i = lane; i < width; i += LANES) { sum += x[base + i]; }
  let mean = sum_over_lanes(lane, sum) / n;

  var squares = 0.0;
  var sum_g = 0.0;
  var sum_gx = 0.0;
  for (var i = lane; i < width; i += LANES) {
    let centred = x[base + i] - mean;
    let g = dy(base + i);
    squares += centred * centred;
    sum_g += g;
    sum_gx += g * centred;
  }
  let scale = inverseSqrt(sum_over_lanes(lane, squares) / n + EPSILON);
  let mean_g = sum_over_lanes(lane, sum_g) / n;
  let mean_gy = sum_over_lanes(lane, sum_gx) * scale / n;

  for (var i = lane; i < width; i += LANES) {
    let y = (x[base + i] - mean) * scale;
    store(base + i, (dy(base + i) - mean_g - y * mean_gy) * scale);
  }
}
