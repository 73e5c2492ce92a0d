// Attention, backward over queries: with p as in attention.wgsl, s = 1 / sqrt(W) and g = dL/dy,
//   dp[t] = <g[b,q,h,:], value[b,t,h,:]>,  ds[t] = p[t] (dp[t] - sum_u p[u] dp[u]),
//   dquery[b,q,h,:] = s * sum_t ds[t] key[b,t,h,:].
// qkv: (B, T, 3, H, W); dy: (B, T, H, W). The result is (B, T, 3, H, W), of which this writes the
// queries. weights: (B, T, H, 2, T), holds p and s * ds of each query for the pass over keys.
// Dispatch: as attention.wgsl. Before it: const TOKENS: u32 (T), features_*.wgsl. Generated: store.

struct Shape { batch: u32, heads: u32, width: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> qkv: array<Features>;
@group(0) @binding(2) var<storage, read> dy: array<Features>;
@group(0) @binding(3) var<storage, read_write> weights: array<f32>;

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
  let g = token * model + head * width;
  let scale = inverseSqrt(f32(shape.width));

  var p: array<f32, TOKENS>;
  var dp: array<f32, TOKENS>;
  var largest = -3.4e38;
  for (var t = 0u; t < TOKENS; t++) {
    let at = key + t * 3u * model;
    var dot_key = 0.0;
    var dot_value = 0.0;
    for (var i = 0u; i < width; i++) {
      dot_key += inner(qkv[query + i], qkv[at + i]);
      dot_value += inner(dy[g + i], qkv[at + model + i]);
    }
    p[t] = dot_key * scale;
    dp[t] = dot_value;
    largest = max(largest, p[t]);
  }
  var total = 0.0;
  for (var t = 0u; t < TOKENS; t++) {
    p[t] = exp(p[t] - largest);
    total += p[t];
  }
  var mean_dp = 0.0;
  for (var t = 0u; t < TOKENS; t++) {
    p[t] /= total;
    mean_dp += p[t] * dp[t];
  }
  let kept = row * 2u * TOKENS;
  for (var t = 0u; t < TOKENS; t++) {
    dp[t] = scale * p[t] * (dp[t] - mean_dp);
    weights[kept + t] = p[t];
    weights[kept + TOKENS + t] = dp[t];
  }
  for (var i = 0u; i < width; i++) {
    var sum = Features();
    for (var t = 0u; t < TOKENS; t++) { sum += dp[t] * qkv[key + t * 3u * model + i]; }
    store_features(query + i, sum);
  }
}
