// Attention, backward in one dispatch, for short sequences: with p as in attention.wgsl,
// s = 1 / sqrt(W), g = dL/dy and, for each query q and key t of one sample b and head h,
//   dp[q,t] = <g[b,q,h,:], value[b,t,h,:]>,  ds[q,t] = s p[q,t] (dp[q,t] - sum_u p[q,u] dp[q,u]),
//   dquery[b,q,h,:] = sum_t ds[q,t] key[b,t,h,:],  dkey[b,t,h,:] = sum_q ds[q,t] query[b,q,h,:],
//   dvalue[b,t,h,:] = sum_q p[q,t] g[b,q,h,:].
// qkv: (B, T, 3, H, W); dy = g: (B, T, H, W); the result is shaped like qkv. A workgroup computes one
// sample and head, and shares p and ds, T x T each. For GPUs: it holds barriers.
// Dispatch: B*H workgroups over x and y of the grid.
// Before it: const TOKENS: u32 (T), features_*.wgsl. Generated: store.

struct Shape { batch: u32, heads: u32, width: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> qkv: array<Features>;
@group(0) @binding(2) var<storage, read> dy: array<Features>;

const WORKGROUP: u32 = 64u;

var<workgroup> p: array<f32, TOKENS * TOKENS>;
var<workgroup> ds: array<f32, TOKENS * TOKENS>;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let index = group.x + group.y * groups.x;
  if (index >= shape.batch * shape.heads) { return; }
  let width = shape.width / LANES;
  let model = shape.heads * width;
  let first = index / shape.heads * TOKENS;
  let head = index % shape.heads * width;
  let scale = inverseSqrt(f32(shape.width));

  // Scores and dp of one query and key an invocation; dp waits in the place of ds.
  for (var pair = local; pair < TOKENS * TOKENS; pair += WORKGROUP) {
    let q = first + pair / TOKENS;
    let query = q * 3u * model + head;
    let key = (first + pair % TOKENS) * 3u * model + model + head;
    var dot_key = 0.0;
    var dot_value = 0.0;
    for (var i = 0u; i < width; i++) {
      dot_key += inner(qkv[query + i], qkv[key + i]);
      dot_value += inner(dy[q * model + head + i], qkv[key + model + i]);
    }
    p[pair] = dot_key * scale;
    ds[pair] = dot_value;
  }
  workgroupBarrier();

  for (var q = local; q < TOKENS; q += WORKGROUP) {
    let row = q * TOKENS;
    var largest = -3.4e38;
    for (var t = row; t < row + TOKENS; t++) { largest = max(largest, p[t]); }
    var total = 0.0;
    var sum_dp = 0.0;
    for (var t = row; t < row + TOKENS; t++) {
      p[t] = exp(p[t] - largest);
      total += p[t];
      sum_dp += p[t] * ds[t];
    }
    for (var t = row; t < row + TOKENS; t++) {
      p[t] /= total;
      ds[t] = scale * p[t] * (ds[t] - sum_dp / total);
    }
  }
  workgroupBarrier();

  for (var element = local; element < TOKENS * width; element += WORKGROUP) {
    let token = element / width;
    let feature = head + element % width;
    var dquery = Features();
    var dkey = Features();
    var dvalue = Features();
    for (var other = 0u; other < TOKENS; other++) {
      let at = (first + other) * 3u * model + feature;
      let back = other * TOKENS + token;
      dquery += ds[token * TOKENS + other] * qkv[at + model];
      dkey += ds[back] * qkv[at];
      dvalue += p[back] * dy[(first + other) * model + feature];
    }
    let place = (first + token) * 3u * model + feature;
    store_features(place, dquery);
    store_features(place + model, dkey);
    store_features(place + 2u * model, dvalue);
  }
}
