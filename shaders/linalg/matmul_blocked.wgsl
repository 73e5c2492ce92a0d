// Matrix product, register-blocked: C[b,m,n] = sum_k A[b,m,k] B[b,k,n]. No workgroup memory and no
// barrier. A CPU adapter pays for every load, so an invocation holds 16 rows x 8 columns of C as 4x2
// blocks of 4x4 and uses each loaded block as often as it can.
// C: (batch, M, N), through `give`. Dispatch: x over N by 32, y over M by 64, z over the batch.
// Needs bias_*.wgsl, row_sums_*.wgsl and matmul_loads.wgsl before it.

const ROWS: u32 = 16u;
const COLUMNS: u32 = 8u;

@compute @workgroup_size(4, 4)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let m = id.y * ROWS;
  let n = id.x * COLUMNS;
  let batch = id.z;
  if (m >= shape.m || n >= shape.n) { return; }

  var c00 = mat4x4f(); var c01 = mat4x4f();
  var c10 = mat4x4f(); var c11 = mat4x4f();
  var c20 = mat4x4f(); var c21 = mat4x4f();
  var c30 = mat4x4f(); var c31 = mat4x4f();
  for (var k = 0u; k < shape.k; k += 4u) {
    let b0 = b_block(batch, k, n);
    let b1 = b_block(batch, k, n + 4u);
    let a0 = a_block(batch, m, k);
    c00 += b0 * a0; c01 += b1 * a0;
    let a1 = a_block(batch, m + 4u, k);
    c10 += b0 * a1; c11 += b1 * a1;
    let a2 = a_block(batch, m + 8u, k);
    c20 += b0 * a2; c21 += b1 * a2;
    let a3 = a_block(batch, m + 12u, k);
    c30 += b0 * a3; c31 += b1 * a3;
  }

  // Stored in a loop, so that a fused epilogue is compiled once and not 128 times.
  var c = array<mat4x4f, 8>(c00, c01, c10, c11, c20, c21, c30, c31);
  for (var i = 0u; i < ROWS; i++) {
    for (var j = 0u; j < COLUMNS; j++) {
      if (m + i < shape.m && n + j < shape.n) {
        let value = c[i / 4u * 2u + j / 4u][i % 4u][j % 4u];
        give((batch * shape.m + m + i) * shape.n + n + j, n + j, value);
      }
    }
  }

  // Invocations that hold the same rows share out the sums of those rows of A.
  if (ROW_SUMS) {
    let sharers = (shape.n + COLUMNS - 1u) / COLUMNS;
    for (var row = m + id.x * 4u; row < min(m + ROWS, shape.m); row += sharers * 4u) {
      var sums = vec4f();
      for (var k = 0u; k < shape.k; k += 4u) { sums += vec4f(1.0) * a_block(batch, row, k); }
      for (var i = 0u; i < min(4u, shape.m - row); i++) {
        store_row_sums(batch * shape.m + row + i, sums[i]);
      }
    }
  }
}
