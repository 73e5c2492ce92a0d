// Mean-variance regularizer (Eq. 7), its gradient with respect to the images. The loss is
//   L = weight / B sum_b 1/2 ((s2[b] + (mu[b] - mu*)^2) / s2* - 1 - log(s2[b] / s2*)),
// mu[b] mean and s2[b] unbiased variance over the n values of image b, mu* and s2* the data's; so
//   dL/dx[b,i] = weight / B ((x[b,i] - mu[b]) / (n - 1) * (1/s2* - 1/s2[b]) + (mu[b] - mu*) / (n s2*)).
// x and result: (B, n). s2[b] is held above TINY, where a flat image has no direction to grow in.
// Dispatch: LANES x ROWS invocations a workgroup, ROWS samples a workgroup; x, y spread samples.
// Needs reduce/lanes_*.wgsl before it.
// Generated: x, target_mean, target_variance, weight (scalars), store.

struct Shape { samples: u32, n: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;

const TINY: f32 = 1e-6;

@compute @workgroup_size(LANES, ROWS)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) local: vec3u,
) {
  let lane = local.x;
  let sample = (group.x + group.y * groups.x) * ROWS + local.y;
  let width = select(0u, shape.n, sample < shape.samples);
  let base = sample * shape.n;
  let n = f32(shape.n);

  var sum = 0.0;
  for (var i = lane; i < width; i += LANES) { sum += x(base + i); }
  let mean = sum_over_lanes(lane, sum) / n;

  var squares = 0.0;
  for (var i = lane; i < width; i += LANES) {
    let centred = x(base + i) - mean;
    squares += centred * centred;
  }
  let variance = max(sum_over_lanes(lane, squares) / (n - 1.0), TINY);

  let scale = weight(0u) / f32(shape.samples);
  let spread = (1.0 / target_variance(0u) - 1.0 / variance) / (n - 1.0);
  let shift = (mean - target_mean(0u)) / (n * target_variance(0u));
  for (var i = lane; i < width; i += LANES) {
    store(base + i, scale * ((x(base + i) - mean) * spread + shift));
  }
}
