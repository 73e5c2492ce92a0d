// Matrix product for any size: C[b,m,n] = sum_k A[b,m,k] B[b,k,n], read one number at a time, where the
// contiguous axes are not multiples of 4. An invocation holds a 4x4 block of C; no barrier.
// a: (batch, M, K), or (batch, K, M) if TRANSPOSE_A; b: (batch, K, N), or (batch, N, K) if TRANSPOSE_B.
// C: (batch, M, N), through `give`. Dispatch: x over N by 32, y over M by 32, z over the batch.
// Product i takes entry min(i / first_b, last_b) of b; entries lie batch_b apart.
// Before it: const TRANSPOSE_A, TRANSPOSE_B: bool; bias_*.wgsl and row_sums_*.wgsl.

struct Shape { m: u32, n: u32, k: u32, batch_a: u32, batch_b: u32, first_b: u32, last_b: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(2) var<storage, read> b: array<f32>;

const BLOCK: u32 = 4u;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let m = id.y * BLOCK;
  let n = id.x * BLOCK;
  if (m >= shape.m || n >= shape.n) { return; }

  // Rows and columns beyond the edge repeat the last one; they are not stored.
  let row = min(vec4u(m, m + 1u, m + 2u, m + 3u), vec4u(shape.m - 1u));
  let column = min(vec4u(n, n + 1u, n + 2u, n + 3u), vec4u(shape.n - 1u));
  var at_a = id.z * shape.batch_a + row * select(shape.k, 1u, TRANSPOSE_A);
  var at_b = min(id.z / shape.first_b, shape.last_b) * shape.batch_b
    + column * select(1u, shape.k, TRANSPOSE_B);
  let step_a = select(1u, shape.m, TRANSPOSE_A);
  let step_b = select(shape.n, 1u, TRANSPOSE_B);

  var sums = vec4f();
  var c0 = vec4f(); var c1 = vec4f(); var c2 = vec4f(); var c3 = vec4f();
  for (var k = 0u; k < shape.k; k++) {
    let b_row = vec4f(b[at_b.x], b[at_b.y], b[at_b.z], b[at_b.w]);
    c0 += a[at_a.x] * b_row;
    c1 += a[at_a.y] * b_row;
    c2 += a[at_a.z] * b_row;
    c3 += a[at_a.w] * b_row;
    if (ROW_SUMS && n == 0u) { sums += vec4f(a[at_a.x], a[at_a.y], a[at_a.z], a[at_a.w]); }
    at_a += vec4u(step_a);
    at_b += vec4u(step_b);
  }

  var c = mat4x4f(c0, c1, c2, c3);
  for (var i = 0u; i < BLOCK; i++) {
    for (var j = 0u; j < BLOCK; j++) {
      if (m + i < shape.m && n + j < shape.n) {
        give((id.z * shape.m + m + i) * shape.n + n + j, n + j, c[i][j]);
      }
    }
    if (ROW_SUMS && n == 0u && m + i < shape.m) {
      store_row_sums(id.z * shape.m + m + i, sums[i]);
    }
  }
}
