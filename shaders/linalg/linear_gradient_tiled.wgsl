// All gradients of a linear layer in one dispatch, with tiles in workgroup memory as
// matmul_tiled.wgsl: workgroups of z = 0 compute dx (R, K), those of z = 1 compute dW (N, K) and db (N).
// The branches between the two depend on the workgroup alone. For GPUs.
// Dispatch: x over K by TILE, y over the larger of R and N by TILE, z = 2.
// Before it: const TILE: u32 (32 or 64), then linear_gradient_loads.wgsl.
// Generated: store, store_weight, store_bias.

const SIDE: u32 = TILE / 4u; // blocks along lines and columns of the result
const DEPTH: u32 = 4u; // blocks along the sum
const BLOCKS: u32 = SIDE * DEPTH;

var<workgroup> a_tile: array<vec4f, BLOCKS * 4u>;
var<workgroup> b_tile: array<vec4f, BLOCKS * 4u>;

fn place(side: u32, depth: u32) -> u32 {
  return depth * SIDE + (side ^ depth);
}

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

  // Neighbouring invocations load along the contiguous axis: that of the sum for dy as it is.
  let load = index % BLOCKS;
  let along_sum = index < BLOCKS && !of_weight;
  let side = select(load % SIDE, load / DEPTH, along_sum);
  let depth = select(load / SIDE, load % DEPTH, along_sum);
  let target_place = place(side, depth);

  var sums = vec4f();
  var c = mat4x4f();
  for (var at = 0u; at < length; at += DEPTH * 4u) {
    let at_load = at + depth * 4u;
    var block = mat4x4f();
    if (index < BLOCKS) {
      if (at_load < length) { block = a_block(of_weight, group.y * TILE + side * 4u, at_load); }
      a_tile[target_place] = block[0];
      a_tile[BLOCKS + target_place] = block[1];
      a_tile[2u * BLOCKS + target_place] = block[2];
      a_tile[3u * BLOCKS + target_place] = block[3];
    } else if (index < 2u * BLOCKS) {
      if (at_load < length) { block = b_block(of_weight, at_load, group.x * TILE + side * 4u); }
      b_tile[target_place] = block[0];
      b_tile[BLOCKS + target_place] = block[1];
      b_tile[2u * BLOCKS + target_place] = block[2];
      b_tile[3u * BLOCKS + target_place] = block[3];
    }
    workgroupBarrier();
    for (var d = 0u; d < DEPTH; d++) {
      let i = place(local.y, d);
      let j = place(local.x, d);
      let a_part =
        mat4x4f(a_tile[i], a_tile[BLOCKS + i], a_tile[2u * BLOCKS + i], a_tile[3u * BLOCKS + i]);
      let b_part =
        mat4x4f(b_tile[j], b_tile[BLOCKS + j], b_tile[2u * BLOCKS + j], b_tile[3u * BLOCKS + j]);
      c += b_part * a_part;
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
