// Loss of the discriminator on B renoised images of the student (fake) and of the data (real), where
// its backpropagation begins, and what it gets right; near: real images with a little noise added.
//   L = 1/B sum_b softplus(fake[b]) + softplus(-real[b]) + r1 (real[b] - near[b])^2
//   dL/dfake[b] = sigmoid(fake[b]) / B
//   dL/dreal[b] = (2 r1 (real[b] - near[b]) - sigmoid(-real[b])) / B
//   dL/dnear[b] = -2 r1 (real[b] - near[b]) / B
//   accuracy = (number of fake[b] < 0 + number of real[b] > 0) / (2 B)
// The last term of L approximates the R1 penalty without second derivatives (Lin et al. 2025,
// "Seaweed-APT", arXiv 2501.08316).
// Result (3 B + 2): dL/dfake, dL/dreal, dL/dnear, then L and accuracy.
// Dispatch: one workgroup, whose first row of lanes does all. Needs reduce/lanes_*.wgsl before it.
// Generated: fake, real, near (B), r1 (scalar), store.

struct Shape { samples: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;

@compute @workgroup_size(LANES, ROWS)
fn main(@builtin(local_invocation_id) local: vec3u) {
  let lane = local.x;
  let first = local.y == 0u;
  let samples = select(0u, shape.samples, first);
  let share = 1.0 / f32(shape.samples);

  var loss = 0.0;
  var right = 0.0;
  for (var b = lane; b < samples; b += LANES) {
    let f = fake(b);
    let r = real(b);
    let slope = r - near(b);
    loss += softplus(f) + softplus(-r) + r1(0u) * slope * slope;
    right += select(0.0, 1.0, f < 0.0) + select(0.0, 1.0, r > 0.0);
    store(b, share * sigmoid(f));
    store(shape.samples + b, share * (2.0 * r1(0u) * slope - sigmoid(-r)));
    store(2u * shape.samples + b, share * -2.0 * r1(0u) * slope);
  }
  let total = sum_over_lanes(lane, loss);
  let hits = sum_over_lanes(lane, right);
  if (first && lane == 0u) {
    store(3u * shape.samples, share * total);
    store(3u * shape.samples + 1u, 0.5 * share * hits);
  }
}
