// All gradients of a linear layer in one dispatch, with tiles in workgroup memory: workgroups of z = 0
// compute dx (R, K), those of z = 1 compute dW (N, K) and db (N).
// The branches between the two depend on the workgroup alone. For GPUs.
// Dispatch: x over K by TILE, y over the larger of R and N by TILE, z = 2.
// Before it: const TILE: u32 (32 or 64), linear_gradient_loads.wgsl, then tiles.wgsl.
// Generated: store, store_weight, store_bias.

fn a_block(of_weight: bool, line: u32, at: u32) -> mat4x4f {
  if (of_weight) { return transpose(dy_block(at, line)); }
  return dy_block(line, at);
}

fn b_block(of_weight: bool, at: u32, k: u32) -> mat4x4f {
  if (of_weight) { return x_block(at, k); }
  return weight_block(at, k);
}

@compute @workgroup_size(SIDE, SIDE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let of_weight = group.z == 1u;
  let lines = select(shape.rows, shape.outputs, of_weight);
  let length = select(shape.outputs, shape.rows, of_weight);
  if (group.y * TILE >= lines) { return; }
  let m = group.y * TILE + local.y * 4u;
  let k = group.x * TILE + local.x * 4u;

  // The sum is the contiguous axis of dy as it is, and of nothing else here.
  let block = block_of(index, index < BLOCKS && !of_weight);
  let own = place(block.x, block.y);

  var sums = vec4f();
  var c = mat4x4f();
  for (var at = 0u; at < length; at += DEPTH * 4u) {
    let at_load = at + block.y * 4u;
    var loaded = mat4x4f();
    if (index < BLOCKS) {
      if (at_load < length) { loaded = a_block(of_weight, group.y * TILE + block.x * 4u, at_load); }
      keep_a(own, loaded);
    } else if (index < 2u * BLOCKS) {
      if (at_load < length) { loaded = b_block(of_weight, at_load, group.x * TILE + block.x * 4u); }
      keep_b(own, loaded);
    }
    workgroupBarrier();
    for (var d = 0u; d < DEPTH; d++) {
      let a_part = kept_a(place(local.y, d));
      c += kept_b(place(local.x, d)) * a_part;
      if (of_weight && k == 0u) { sums += vec4f(1.0) * a_part; }
    }
    workgroupBarrier();
  }

  for (var i = 0u; i < 4u; i++) {
    for (var j = 0u; j < 4u; j++) {
      if (m + i < lines && k + j < shape.inputs) {
        let at = (m + i) * shape.inputs + k + j;
        if (of_weight) { store_weight(at, c[i][j]); } else { store(at, c[i][j]); }
      }
    }
    if (of_weight && k == 0u && m + i < lines) { store_bias(m + i, sums[i]); }
  }
}
