// Attention, backward over keys and values: with p and s * ds of each query from attention_gradient.wgsl,
//   dkey[b,t,h,:] = sum_q s ds[q,t] query[b,q,h,:],  dvalue[b,t,h,:] = sum_q p[q,t] g[b,q,h,:].
// qkv: (B, T, 3, H, W); dy = g: (B, T, H, W); weights: (B, T, H, 2, T), last axis the key.
// The result is (B, T, 3, H, W), of which this writes keys and values. An invocation computes
// LANES features of one row (b, t, h); neighbours share weights and read neighbouring features.
// Dispatch: B*T*H*W / LANES invocations; x, y of the grid spread workgroups.
// Before it: const TOKENS: u32 (T), features_*.wgsl. Generated: store.

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
  let element = (group.x + group.y * groups.x) * WORKGROUP + local;
  let width = shape.width / LANES;
  let model = shape.heads * width;
  if (element >= shape.batch * TOKENS * model) { return; }
  let feature = element % model;
  let head = feature / width;
  let token = element / model;
  let first = token / TOKENS * TOKENS;

  var dkey = Features();
  var dvalue = Features();
  for (var q = first; q < first + TOKENS; q++) {
    let kept = (q * shape.heads + head) * 2u * TOKENS + token - first;
    dvalue += weights[kept] * dy[q * model + feature];
    dkey += weights[kept + TOKENS] * qkv[q * 3u * model + feature];
  }
  store_features(token * 3u * model + model + feature, dkey);
  store_features(token * 3u * model + 2u * model + feature, dvalue);
}
