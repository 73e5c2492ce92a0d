// All gradients of a linear layer in one dispatch, register-blocked as matmul_blocked.wgsl: workgroups
// of z = 0 compute dx (R, K), those of z = 1 compute dW (N, K) and db (N). Each has a loop of its own,
// since an adapter that masks branches would else load for both.
// Dispatch: x over K by 32, y over the larger of R and N by 64, z = 2.
// Needs linear_gradient_loads.wgsl before it. Generated: store, store_weight, store_bias.

const ROWS: u32 = 16u;
const COLUMNS: u32 = 8u;

@compute @workgroup_size(4, 4)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let of_weight = id.z == 1u;
  let lines = select(shape.rows, shape.outputs, of_weight);
  let m = id.y * ROWS;
  let k = id.x * COLUMNS;
  if (m >= lines || k >= shape.inputs) { return; }

  var c00 = mat4x4f(); var c01 = mat4x4f();
  var c10 = mat4x4f(); var c11 = mat4x4f();
  var c20 = mat4x4f(); var c21 = mat4x4f();
  var c30 = mat4x4f(); var c31 = mat4x4f();
  if (of_weight) {
    for (var r = 0u; r < shape.rows; r += 4u) {
      let b0 = x_block(r, k);
      let b1 = x_block(r, k + 4u);
      let a0 = transpose(dy_block(r, m));
      c00 += b0 * a0; c01 += b1 * a0;
      let a1 = transpose(dy_block(r, m + 4u));
      c10 += b0 * a1; c11 += b1 * a1;
      let a2 = transpose(dy_block(r, m + 8u));
      c20 += b0 * a2; c21 += b1 * a2;
      let a3 = transpose(dy_block(r, m + 12u));
      c30 += b0 * a3; c31 += b1 * a3;
    }
  } else {
    for (var n = 0u; n < shape.outputs; n += 4u) {
      let b0 = weight_block(n, k);
      let b1 = weight_block(n, k + 4u);
      let a0 = dy_block(m, n);
      c00 += b0 * a0; c01 += b1 * a0;
      let a1 = dy_block(m + 4u, n);
      c10 += b0 * a1; c11 += b1 * a1;
      let a2 = dy_block(m + 8u, n);
      c20 += b0 * a2; c21 += b1 * a2;
      let a3 = dy_block(m + 12u, n);
      c30 += b0 * a3; c31 += b1 * a3;
    }
  }

  // Stored in a loop, so that a fused epilogue is compiled once and not 128 times.
  var c = array<mat4x4f, 8>(c00, c01, c10, c11, c20, c21, c30, c31);
  for (var i = 0u; i < ROWS; i++) {
    for (var j = 0u; j < COLUMNS; j++) {
      if (m + i < lines && k + j < shape.inputs) {
        let value = c[i / 4u * 2u + j / 4u][i % 4u][j % 4u];
        let at = (m + i) * shape.inputs + k + j;
        if (of_weight) { store_weight(at, value); } else { store(at, value); }
      }
    }
  }

  // Invocations that hold the same outputs share out their sums.
  if (of_weight) {
    let sharers = (shape.inputs + COLUMNS - 1u) / COLUMNS;
    for (var n = m + id.x * 4u; n < min(m + ROWS, lines); n += sharers * 4u) {
      var sums = vec4f();
      for (var r = 0u; r < shape.rows; r += 4u) { sums += dy_block(r, n) * vec4f(1.0); }
      for (var i = 0u; i < 4u; i++) { store_bias(n + i, sums[i]); }
    }
  }
}
