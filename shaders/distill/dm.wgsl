// Distribution-matching update, the shield (Eq. 6, first term), per sample b of n values:
//   delta[b,i] = weight * (real_cond[b,i] - fake_cond[b,i]) / norm[b]
// with norm[b] of distill/normaliser.wgsl. real_cond, fake_cond: clean predictions of teacher and
// critic at the same x_tau and prompt; gen: the student's images; all (B, n).
// Dispatch: LANES x ROWS invocations a workgroup, ROWS samples a workgroup; x, y spread samples.
// Needs reduce/lanes_*.wgsl and distill/normaliser.wgsl before it.
// Generated: gen, real_cond, fake_cond, weight, normalise (scalars), store.

struct Shape { samples: u32, n: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;

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

  let norm = normaliser(lane, base, width, shape.n);
  let scale = weight(0u) / norm;
  for (var i = lane; i < width; i += LANES) {
    store(base + i, scale * (real_cond(base + i) - fake_cond(base + i)));
  }
}
