// Renoise, x_tau of the paper (t = 0 noise, t = 1 clean), per sample b of n values:
//   y[b,i] = tau[b] * x[b,i] + (1 - tau[b]) * noise[b,i]
// x, noise: (B, n); tau: (B). tau = 1 returns x, tau = 0 the noise.
// Dispatch: one invocation an element; x, y of the grid spread the workgroups.
// Generated: x, tau, noise, store.

struct Shape { count: u32, n: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;

const WORKGROUP: u32 = 64u;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = (group.x + group.y * groups.x) * WORKGROUP + local;
  if (i >= shape.count) { return; }
  let level = tau(i / shape.n);
  store(i, level * x(i) + (1.0 - level) * noise(i));
}
