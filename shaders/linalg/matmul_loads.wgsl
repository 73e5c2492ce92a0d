// 4x4 blocks of the operands of C = A B, read as vec4 along the contiguous axis of each operand and
// turned in registers where that axis is not the one wanted.
//   a_block(batch, m, k): column i holds A[m + i, k .. k+3]
//   b_block(batch, k, n): column i holds B[k + i, n .. n+3]
// so that b_block * a_block has C's row m + i as column i.
// a: (batch, M, K), or (batch, K, M) if TRANSPOSE_A; b: (batch, K, N), or (batch, N, K) if TRANSPOSE_B.
// K, N and the contiguous axis of A are multiples of 4 (else matmul_any.wgsl). Beyond an edge the last
// values are read again: harmless along m and n, where nothing is stored; the caller ends at K.
// Product i takes entry min(i / first_b, last_b) of b; entries lie batch_b apart.
// Before it: const TRANSPOSE_A, TRANSPOSE_B: bool. After it: a file with `main`.

struct Shape { m: u32, n: u32, k: u32, batch_a: u32, batch_b: u32, first_b: u32, last_b: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> a: array<vec4f>;
@group(0) @binding(2) var<storage, read> b: array<vec4f>;

/// Places (in vec4) of four lines from `line` on, at column `at` of a (lines, width) matrix.
fn places(begin: u32, line: u32, lines: u32, at: u32, width: u32) -> vec4u {
  let line_of = min(vec4u(line, line + 1u, line + 2u, line + 3u), vec4u(lines - 1u));
  return (begin + min(at, width - 4u)) / 4u + line_of * (width / 4u);
}

fn a_block(batch: u32, m: u32, k: u32) -> mat4x4f {
  let begin = batch * shape.batch_a;
  if (TRANSPOSE_A) {
    let at = places(begin, k, shape.k, m, shape.m);
    return transpose(mat4x4f(a[at.x], a[at.y], a[at.z], a[at.w]));
  } else {
    let at = places(begin, m, shape.m, k, shape.k);
    return mat4x4f(a[at.x], a[at.y], a[at.z], a[at.w]);
  }
}

fn b_block(batch: u32, k: u32, n: u32) -> mat4x4f {
  let begin = min(batch / shape.first_b, shape.last_b) * shape.batch_b;
  if (TRANSPOSE_B) {
    let at = places(begin, n, shape.n, k, shape.k);
    return transpose(mat4x4f(b[at.x], b[at.y], b[at.z], b[at.w]));
  } else {
    let at = places(begin, k, shape.k, n, shape.n);
    return mat4x4f(b[at.x], b[at.y], b[at.z], b[at.w]);
  }
}
