// Matrix product whose lanes share what they load: C[b,m,n] = sum_k A[b,m,k] B[b,k,n]. For CPU adapters
// with subgroups. A lane computes ROWS x 4 of C, its subgroup ROWS x 4 LANES. No workgroup memory and
// no barrier.
// Operands as in matmul_loads.wgsl, but that places are counted on from step to step of the sum.
// C: (batch, M, N), through `give`. Dispatch: x over N by 4 LANES, y over M by ROWS, z over the batch.
// Before it: const TRANSPOSE_A, TRANSPOSE_B: bool; bias_*.wgsl, row_sums_*.wgsl and lanes.wgsl.

struct Shape { m: u32, n: u32, k: u32, batch_a: u32, batch_b: u32, first_b: u32, last_b: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> a: array<vec4f>;
@group(0) @binding(2) var<storage, read> b: array<vec4f>;

/// Columns are four rows of A over four steps of the sum.
fn rows_of(vectors: mat4x4f) -> mat4x4f {
  if (TRANSPOSE_A) { return transpose(vectors); }
  return vectors;
}

/// Where vector i of the rows from m on begins, in vec4.
fn a_place(batch: u32, m: u32, i: u32) -> u32 {
  let begin = batch * shape.batch_a;
  if (TRANSPOSE_A) { return (begin + min(m + i / 4u * 4u, shape.m - 4u) + i % 4u * shape.m) / 4u; }
  return (begin + min(m + i, shape.m - 1u) * shape.k) / 4u;
}

/// Where the four vectors of a block of B at column n begin, in vec4.
fn b_places(batch: u32, n: u32) -> vec4u {
  let begin = min(batch / shape.first_b, shape.last_b) * shape.batch_b;
  let four = vec4u(0u, 1u, 2u, 3u);
  if (TRANSPOSE_B) { return (begin + min(n + four, vec4u(shape.n - 1u)) * shape.k) / 4u; }
  return (begin + min(n, shape.n - 4u) + four * shape.n) / 4u;
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(subgroup_invocation_id) lane: u32) {
  let m = group.y * ROWS;
  let n = (group.x * LANES + lane) * COLUMNS;
  let batch = group.z;

  var at_upper = a_place(batch, m, lane);
  var at_lower = a_place(batch, m, LANES + lane);
  var at_b = b_places(batch, n);
  let step_a = select(1u, shape.m, TRANSPOSE_A);
  let step_b = select(shape.n, 1u, TRANSPOSE_B);

  var upper_sums = vec4f(); var lower_sums = vec4f();
  var c0 = mat4x4f(); var c1 = mat4x4f(); var c2 = mat4x4f(); var c3 = mat4x4f();
  for (var k = 0u; k < shape.k; k += 4u) {
    let upper = a[at_upper];
    let lower = a[at_lower];
    var block = mat4x4f(b[at_b.x], b[at_b.y], b[at_b.z], b[at_b.w]);
    if (TRANSPOSE_B) { block = transpose(block); }
    c0 += block * rows_of(first_four(upper));
    c1 += block * rows_of(first_four(lower));
    if (LANES > 4u) {
      c2 += block * rows_of(last_four(upper));
      c3 += block * rows_of(last_four(lower));
    }
    if (ROW_SUMS) { upper_sums += upper; lower_sums += lower; }
    at_upper += step_a;
    at_lower += step_a;
    at_b += vec4u(step_b);
  }

  // Stored in a loop, so that a fused epilogue is compiled once and not 64 times.
  var c = array<mat4x4f, 4>(c0, c1, c2, c3);
  for (var i = 0u; i < ROWS; i++) {
    let row = m + row_of(i);
    for (var j = 0u; j < COLUMNS; j++) {
      if (row < shape.m && n + j < shape.n) {
        give((batch * shape.m + row) * shape.n + n + j, n + j, c[i / 4u][i % 4u][j]);
      }
    }
  }

  if (ROW_SUMS && group.x == 0u) {
    let ones = vec4f(1.0);
    var totals = array<vec4f, 4>(
      ones * rows_of(first_four(upper_sums)),
      ones * rows_of(first_four(lower_sums)),
      ones * rows_of(last_four(upper_sums)),
      ones * rows_of(last_four(lower_sums)),
    );
    for (var i = lane; i < ROWS; i += LANES) {
      let row = m + row_of(i);
      if (row < shape.m) { store_row_sums(batch * shape.m + row, totals[i / 4u][i % 4u]); }
    }
  }
}
