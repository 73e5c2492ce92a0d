// Attention over short sequences, fused: per sample b, head h and query q, with s = 1 / sqrt(W)
//   y[b,q,h,:] = sum_t p[t] v[b,t,h,:],  p = softmax_t(s * <query[b,q,h,:], key[b,t,h,:]>).
// qkv: (B, T, 3, H, W), queries, keys and values in this order; W: width of a head. y: (B, T, H, W).
// An invocation computes one row (b, q, h): T scores in private memory, no barrier. The largest score
// is subtracted before exp. Dispatch: B*T*H invocations; x, y of the grid spread workgroups.
// Before it: const TOKENS: u32 (T), features_*.wgsl. Generated: store.

struct Shape { batch: u32, heads: u32, width: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> qkv: array<Features>;

const WORKGROUP: u32 = 64u;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let row = (group.x + group.y * groups.x) * WORKGROUP + local;
  if (row >= shape.batch * TOKENS * shape.heads) { return; }
  let width = shape.width / LANES;
  let model = shape.heads * width;
  let head = row % shape.heads;
  let token = row / shape.heads;
  let query = token * 3u * model + head * width;
  let key = token / TOKENS * TOKENS * 3u * model + model + head * width;
  let scale = inverseSqrt(f32(shape.width));

  var p: array<f32, TOKENS>;
  var largest = -3.4e38;
  for (var t = 0u; t < TOKENS; t++) {
    let at = key + t * 3u * model;
    var score = 0.0;
    for (var i = 0u; i < width; i++) { score += inner(qkv[query + i], qkv[at + i]); }
    p[t] = score * scale;
    largest = max(largest, score * scale);
  }
  var total = 0.0;
  for (var t = 0u; t < TOKENS; t++) {
    p[t] = exp(p[t] - largest);
    total += p[t];
  }
  for (var i = 0u; i < width; i++) {
    var sum = Features();
    for (var t = 0u; t < TOKENS; t++) { sum += p[t] * qkv[key + model + t * 3u * model + i]; }
    store_features(token * model + head * width + i, sum / total);
  }
}
