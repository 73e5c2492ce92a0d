// Matrix product with tiles in workgroup memory: C[b,m,n] = sum_k A[b,m,k] B[b,k,n]. For GPUs.
// A workgroup computes TILE x TILE of C, an invocation one 4x4 block of it. Where tiles are kept in half
// precision, four products are summed in it at a time, and those sums in f32.
// C: (batch, M, N), through `give`. Dispatch: x over N by TILE, y over M by TILE, z over the batch.
// Before it: const TILE: u32 (32 or 64), bias_*.wgsl, row_sums_*.wgsl, matmul_loads.wgsl, then
// tiles.wgsl.

@compute @workgroup_size(SIDE, SIDE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let m = group.y * TILE + local.y * 4u;
  let n = group.x * TILE + local.x * 4u;
  let batch = group.z;

  let block = block_of(index, select(TRANSPOSE_B, !TRANSPOSE_A, index < BLOCKS));
  let own = place(block.x, block.y);

  var sums = vec4f();
  var c = mat4x4f();
  for (var k = 0u; k < shape.k; k += DEPTH * 4u) {
    let k_load = k + block.y * 4u;
    var loaded = mat4x4f();
    if (index < BLOCKS) {
      if (k_load < shape.k) { loaded = a_block(batch, group.y * TILE + block.x * 4u, k_load); }
      keep_a(own, loaded);
    } else if (index < 2u * BLOCKS) {
      if (k_load < shape.k) { loaded = b_block(batch, k_load, group.x * TILE + block.x * 4u); }
      keep_b(own, loaded);
    }
    workgroupBarrier();
    for (var d = 0u; d < DEPTH; d++) {
      let a_part = kept_a(place(local.y, d));
      c += mat4x4f(kept_b(place(local.x, d)) * a_part);
      if (ROW_SUMS && n == 0u) { sums += vec4f(1.0) * mat4x4f(a_part); }
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
