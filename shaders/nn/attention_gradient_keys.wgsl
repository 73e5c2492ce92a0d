// Attention, backward over keys and values: with p and s * ds of each query from attention_gradient.wgsl,
//   dkey[b,t,h,:] = sum_q s ds[q,t] query[b,q,h,:],  dvalue[b,t,h,:] = sum_q p[q,t] g[b,q,h,:].
// qkv: (B, T, 3, H, W); dy = g: (B, T, H, W); weights: (B, T, H, 2, T), last axis the key.
// The result is (B, T, 3, H, W), of which this writes keys and values. An invocation computes one
// feature i of one row (b, t, h); neighbours share every weight and read neighbouring features.
// Dispatch: B*T*H*W invocations; x, y of the grid spread workgroups.
// Before it: const TOKENS: u32 (T). Generated: store.

struct Shape { batch: u32, heads: u32, width: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> qkv: array<f32>;
@group(0) @binding(2) var<storage, read> dy: array<f32>;
@group(0) @binding(3) var<storage, read_write> weights: array<f32>;

const WORKGROUP: u32 = 64u;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let element = (group.x + group.y * groups.x) * WORKGROUP + local;
  let model = shape.heads * shape.width;
  if (element >= shape.batch * TOKENS * model) { return; }
  let feature = element % model;
  let head = feature / shape.width;
  let token = element / model;
  let first = token / TOKENS * TOKENS;

  var dkey = 0.0;
  var dvalue = 0.0;
  for (var q = first; q < first + TOKENS; q++) {
    let kept = (q * shape.heads + head) * 2u * TOKENS + token - first;
    dvalue += weights[kept] * dy[q * model + feature];
    dkey += weights[kept + TOKENS] * qkv[q * 3u * model + feature];
  }
  store(token * 3u * model + model + feature, dkey);
  store(token * 3u * model + 2u * model + feature, dvalue);
}
