// The exact velocity v = E[x - eps | x_tau] of points x of a Gaussian mixture, by sample b:
//   x_tau = tau x + (1 - tau) eps (t = 0 noise, t = 1 clean), so of component k it is
//   N(tau mu_k, C_k),  C_k = tau^2 S_k + (1 - tau)^2 I,
//   d_k = x_tau - tau mu_k,  log r_k = log w_k - 1/2 log det C_k - 1/2 d_k' C_k^-1 d_k + const,
//   v = sum_k r_k (mu_k + (tau S_k - (1 - tau) I) C_k^-1 d_k) / sum_k r_k
// over the components of the class that is asked for, or over all ("any"). Nothing is divided by
// 1 - tau, so both ends are as good as the middle. The greatest log r_k so far is kept beside the
// sums, so that no point is so far away that all r_k vanish.
// S_k = R diag(l0, l1) R' is given by its axes: there, C_k is diagonal and nothing cancels.
// x, v: (B, 2); tau: (B); rows: (B, 1), a class or `classes` for "any", clamped to 0 .. classes;
// components: (K, 8), each log w, class, mu_x, mu_y, cos and sin of the first axis, l0, l1.
// Dispatch: one invocation a sample; x, y of the grid spread the workgroups.
// Generated: x, tau, rows, store.

struct Shape { samples: u32, components: u32, classes: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> components: array<f32>;

const WORKGROUP: u32 = 64u;
const FIELDS: u32 = 8u;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let b = (group.x + group.y * groups.x) * WORKGROUP + local;
  if (b >= shape.samples) { return; }
  let at = vec2f(x(2u * b), x(2u * b + 1u));
  let clean = tau(b);
  let noise = 1.0 - clean;
  let any = i32(shape.classes);
  let wanted = clamp(rows(b), 0i, any);

  var seen = false;
  var greatest = 0.0;
  var total = 0.0;
  var velocity = vec2f(0.0);
  for (var k = 0u; k < shape.components; k++) {
    let field = k * FIELDS;
    if (wanted != any && i32(components[field + 1u]) != wanted) { continue; }
    let mean = vec2f(components[field + 2u], components[field + 3u]);
    let axis = vec2f(components[field + 4u], components[field + 5u]);
    let variances = vec2f(components[field + 6u], components[field + 7u]);

    let away = at - clean * mean;
    let along = vec2f(dot(axis, away), axis.x * away.y - axis.y * away.x);
    let spread = clean * clean * variances + noise * noise;
    let pulled = along / spread;
    let share = components[field] - 0.5 * (log(spread.x) + log(spread.y) + dot(along, pulled));

    let moved = (clean * variances - noise) * pulled;
    let part = mean + vec2f(axis.x * moved.x - axis.y * moved.y, axis.y * moved.x + axis.x * moved.y);
    if (!seen || share > greatest) {
      let fade = select(0.0, exp(greatest - share), seen);
      total = total * fade + 1.0;
      velocity = velocity * fade + part;
      greatest = share;
      seen = true;
    } else {
      let weight = exp(share - greatest);
      total += weight;
      velocity += weight * part;
    }
  }
  store(2u * b, velocity.x / total);
  store(2u * b + 1u, velocity.y / total);
}
