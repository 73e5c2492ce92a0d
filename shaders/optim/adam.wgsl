// AdamW with bias correction, gradient scaling and, through `follow`, a moving average:
//   g = gradient[i] * clip
//   m += (1 - beta1) (g - m),  v += (1 - beta2) (g^2 - v)
//   p -= learning_rate * (weight_decay * p + (m / correction1) / (sqrt(v / correction2) + epsilon))
//   correction1 = 1 - beta1^step,  correction2 = 1 - beta2^step
// All arrays are flat, `count` long: one dispatch updates every parameter of a model.
// parameters, first_moment, second_moment are updated in place; nothing is stored elsewhere.
// Dispatch: one invocation an element; x, y of the grid spread the workgroups.
// Needs optim/average_*.wgsl before it. Generated (scalars): clip, learning_rate, correction1,
// correction2, rate1 = 1 - beta1, rate2 = 1 - beta2, epsilon, weight_decay.

struct Shape { count: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
@group(0) @binding(2) var<storage, read_write> parameters: array<f32>;
@group(0) @binding(3) var<storage, read_write> first_moment: array<f32>;
@group(0) @binding(4) var<storage, read_write> second_moment: array<f32>;

const WORKGROUP: u32 = 256u;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = (group.x + group.y * groups.x) * WORKGROUP + local;
  if (i >= shape.count) { return; }
  let g = gradient[i] * clip(0u);
  var m = first_moment[i];
  var v = second_moment[i];
  var p = parameters[i];
  m += rate1(0u) * (g - m);
  v += rate2(0u) * (g * g - v);
  let direction = (m / correction1(0u)) / (sqrt(v / correction2(0u)) + epsilon(0u));
  p -= learning_rate(0u) * (weight_decay(0u) * p + direction);
  first_moment[i] = m;
  second_moment[i] = v;
  parameters[i] = p;
  follow(i, p);
}
