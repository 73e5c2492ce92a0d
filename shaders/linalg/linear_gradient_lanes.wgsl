// All gradients of a linear layer y = x W' + b in one dispatch whose lanes share what they load, as
// matmul_lanes.wgsl: workgroups of z = 0 compute dx (R, K), those of z = 1 compute dW (N, K) and db (N).
// With R rows, N outputs and K inputs, all multiples of 4:
//   dx[r,k] = sum_n dy[r,n] W[n,k],  dW[n,k] = sum_r dy[r,n] x[r,k],  db[n] = sum_r dy[r,n].
// dy: (R, N); weight: (N, K); x: (R, K). Beyond an edge the last values are read again, and not stored.
// Dispatch: x over K by 4 LANES, y over the larger of R and N by ROWS, z = 2.
// Needs lanes.wgsl before it. Generated: store, store_weight, store_bias.

struct Shape { rows: u32, outputs: u32, inputs: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> dy: array<vec4f>;
@group(0) @binding(2) var<storage, read> weight: array<vec4f>;
@group(0) @binding(3) var<storage, read> x: array<vec4f>;

/// Where vector i of dy begins, in vec4: of row m + i, or of the outputs from m on.
fn dy_place(of_weight: bool, m: u32, i: u32) -> u32 {
  if (of_weight) { return (min(m + i / 4u * 4u, shape.outputs - 4u) + i % 4u * shape.outputs) / 4u; }
  return min(m + i, shape.rows - 1u) * shape.outputs / 4u;
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(subgroup_invocation_id) lane: u32) {
  let of_weight = group.z == 1u;
  let lines = select(shape.rows, shape.outputs, of_weight);
  let m = group.y * ROWS;
  let k = (group.x * LANES + lane) * COLUMNS;
  if (m >= lines) { return; }

  var at_upper = dy_place(of_weight, m, lane);
  var at_lower = dy_place(of_weight, m, LANES + lane);
  var at = (min(k, shape.inputs - 4u) + vec4u(0u, 1u, 2u, 3u) * shape.inputs) / 4u;

  var upper_sums = vec4f(); var lower_sums = vec4f();
  var c0 = mat4x4f(); var c1 = mat4x4f(); var c2 = mat4x4f(); var c3 = mat4x4f();
  if (of_weight) {
    for (var r = 0u; r < shape.rows; r += 4u) {
      let upper = dy[at_upper];
      let lower = dy[at_lower];
      let block = mat4x4f(x[at.x], x[at.y], x[at.z], x[at.w]);
      c0 += block * transpose(first_four(upper));
      c1 += block * transpose(first_four(lower));
      if (LANES > 4u) {
        c2 += block * transpose(last_four(upper));
        c3 += block * transpose(last_four(lower));
      }
      upper_sums += upper;
      lower_sums += lower;
      at_upper += shape.outputs;
      at_lower += shape.outputs;
      at += vec4u(shape.inputs);
    }
  } else {
    for (var n = 0u; n < shape.outputs; n += 4u) {
      let upper = dy[at_upper];
      let lower = dy[at_lower];
      let block = mat4x4f(weight[at.x], weight[at.y], weight[at.z], weight[at.w]);
      c0 += block * first_four(upper);
      c1 += block * first_four(lower);
      if (LANES > 4u) {
        c2 += block * last_four(upper);
        c3 += block * last_four(lower);
      }
      at_upper += 1u;
      at_lower += 1u;
      at += vec4u(shape.inputs);
    }
  }

  // Stored in a loop, so that a fused epilogue is compiled once and not 64 times.
  var c = array<mat4x4f, 4>(c0, c1, c2, c3);
  for (var i = 0u; i < ROWS; i++) {
    let line = m + row_of(i);
    for (var j = 0u; j < COLUMNS; j++) {
      if (line < lines && k + j < shape.inputs) {
        let value = c[i / 4u][i % 4u][j];
        if (of_weight) { store_weight(line * shape.inputs + k + j, value); }
        else { store(line * shape.inputs + k + j, value); }
      }
    }
  }

  if (of_weight && group.x == 0u) {
    // The vector of lane l holds outputs 4 (l / 4) .. + 3; lanes of one quotient are summed.
    let ones = vec4f(1.0);
    var totals = array<vec4f, 4>(
      ones * transpose(first_four(upper_sums)),
      ones * transpose(first_four(lower_sums)),
      ones * transpose(last_four(upper_sums)),
      ones * transpose(last_four(lower_sums)),
    );
    for (var i = lane; i < ROWS; i += LANES) {
      if (m + row_of(i) < lines) { store_bias(m + row_of(i), totals[i / 4u][i % 4u]); }
    }
  }
}
