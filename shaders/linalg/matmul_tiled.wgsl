// Matrix product with tiles in workgroup memory: C[b,m,n] = sum_k A[b,m,k] B[b,k,n]. For GPUs.
// A workgroup computes TILE x TILE of C, an invocation one 4x4 block of it. Per step over k the
// workgroup shares TILE x 16 of A and of B: the first BLOCKS invocations load one block of A each, the
// next ones one block of B.
// Column j of all blocks lies together, and the place of a block is its row XOR its column, so that
// neither the writes (neighbours along k or m) nor the reads (neighbours along n) meet in a bank.
// C: (batch, M, N), through `give`. Dispatch: x over N by TILE, y over M by TILE, z over the batch.
// Before it: const TILE: u32 (32 or 64), bias_*.wgsl, row_sums_*.wgsl, then matmul_loads.wgsl.

const SIDE: u32 = TILE / 4u; // blocks along m and n
const DEPTH: u32 = 4u; // blocks along k
const BLOCKS: u32 = SIDE * DEPTH;

var<workgroup> a_tile: array<vec4f, BLOCKS * 4u>;
var<workgroup> b_tile: array<vec4f, BLOCKS * 4u>;

fn place(side: u32, depth: u32) -> u32 {
  return depth * SIDE + (side ^ depth);
}

@compute @workgroup_size(SIDE, SIDE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let m = group.y * TILE + local.y * 4u;
  let n = group.x * TILE + local.x * 4u;
  let batch = group.z;

  // Neighbouring invocations load along the contiguous axis.
  let load = index % BLOCKS;
  let along_k = select(TRANSPOSE_B, !TRANSPOSE_A, index < BLOCKS);
  let side = select(load % SIDE, load / DEPTH, along_k);
  let depth = select(load / SIDE, load % DEPTH, along_k);
  let target_place = place(side, depth);

  var sums = vec4f();
  var c = mat4x4f();
  for (var k = 0u; k < shape.k; k += DEPTH * 4u) {
    let k_load = k + depth * 4u;
    if (index < BLOCKS) {
      var block = mat4x4f();
      if (k_load < shape.k) { block = a_block(batch, group.y * TILE + side * 4u, k_load); }
      a_tile[target_place] = block[0];
      a_tile[BLOCKS + target_place] = block[1];
      a_tile[2u * BLOCKS + target_place] = block[2];
      a_tile[3u * BLOCKS + target_place] = block[3];
    } else if (index < 2u * BLOCKS) {
      var block = mat4x4f();
      if (k_load < shape.k) { block = b_block(batch, k_load, group.x * TILE + side * 4u); }
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
      if (ROW_SUMS && n == 0u) { sums += vec4f(1.0) * a_part; }
    }
    workgroupBarrier();
  }

  for (var i = 0u; i < 4u; i++) {
    for (var j = 0u; j < 4u; j++) {
      if (m + i < shape.m && n + j < shape.n) {
        give((batch * shape.m + m + i) * shape.n + n + j, n + j, c[i][j]);
      }
    }
    if (ROW_SUMS && n == 0u && m + i < shape.m) {
      store_row_sums(batch * shape.m + m + i, sums[i]);
    }
  }
}
