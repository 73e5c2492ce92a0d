// GAN term of the student, where backpropagation of its update begins, per sample b:
//   L = 1/B sum_b softplus(-logit[b])                                          (non-saturating)
//   seed[b] = -n B weight dL/dlogit[b] = n weight sigmoid(-logit[b]),
// n the values of one image. Backpropagated through discriminator and renoising to the images, it is
// the update Delta = -(n B) weight dL/dx_gen, shaped and scaled like the other terms' updates.
// logit: (B), of renoised images of the student; positive means "real". weight: scalar.
// Dispatch: one invocation a sample; x, y of the grid spread the workgroups.
// Generated: logit, weight, store.

struct Shape { samples: u32, n: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;

const WORKGROUP: u32 = 64u;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let b = (group.x + group.y * groups.x) * WORKGROUP + local;
  if (b >= shape.samples) { return; }
  store(b, f32(shape.n) * weight(0u) * sigmoid(-logit(b)));
}
