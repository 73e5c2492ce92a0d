// 4x4 blocks of what the gradients of a linear layer y = x W' + b are made of, as in matmul_loads.wgsl.
// With R rows, N outputs and K inputs:
//   dx[r,k] = sum_n dy[r,n] W[n,k],  dW[n,k] = sum_r dy[r,n] x[r,k],  db[n] = sum_r dy[r,n].
// dy: (R, N); weight: (N, K); x: (R, K); R, N and K are multiples of 4. Beyond an edge the last values
// are read again: harmless where nothing is stored; the caller ends sums at the edge.
// After it: linear_gradient_*.wgsl.

struct Shape { rows: u32, outputs: u32, inputs: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> dy: array<vec4f>;
@group(0) @binding(2) var<storage, read> weight: array<vec4f>;
@group(0) @binding(3) var<storage, read> x: array<vec4f>;

/// Places (in vec4) of four lines from `line` on, at column `at` of a (lines, width) matrix.
fn places(line: u32, lines: u32, at: u32, width: u32) -> vec4u {
  let line_of = min(vec4u(line, line + 1u, line + 2u, line + 3u), vec4u(lines - 1u));
  return min(at, width - 4u) / 4u + line_of * (width / 4u);
}

/// Column i holds dy[r + i, n .. n+3].
fn dy_block(r: u32, n: u32) -> mat4x4f {
  let at = places(r, shape.rows, n, shape.outputs);
  return mat4x4f(dy[at.x], dy[at.y], dy[at.z], dy[at.w]);
}

/// Column i holds weight[n + i, k .. k+3].
fn weight_block(n: u32, k: u32) -> mat4x4f {
  let at = places(n, shape.outputs, k, shape.inputs);
  return mat4x4f(weight[at.x], weight[at.y], weight[at.z], weight[at.w]);
}

/// Column i holds x[r + i, k .. k+3].
fn x_block(r: u32, k: u32) -> mat4x4f {
  let at = places(r, shape.rows, k, shape.inputs);
  return mat4x4f(x[at.x], x[at.y], x[at.z], x[at.w]);
}
