// CFG-augmentation update, the spear (Eq. 6, second term), per sample b of n values:
//   delta[b,i] = weight * (alpha - 1) * (real_cond[b,i] - real_uncond[b,i]) / norm[b]
// with norm[b] of distill/normaliser.wgsl. real_*: the teacher's clean predictions at the same
// x_tau, with prompt and with the null prompt; gen: the student's images; all (B, n).
// alpha: guidance scale; 1 gives zero.
// Dispatch: LANES x ROWS invocations a workgroup, ROWS samples a workgroup; x, y spread samples.
// Needs reduce/lanes_*.wgsl and distill/normaliser.wgsl before it.
// Generated: gen, real_cond, real_uncond, alpha, weight, normalise (scalars), store.

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
  let scale = weight(0u) * (alpha(0u) - 1.0) / norm;
  for (var i = lane; i < width; i += LANES) {
    store(base + i, scale * (real_cond(base + i) - real_uncond(base + i)));
  }
}
