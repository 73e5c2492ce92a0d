// Sum over the middle axis of x: (outer, length, inner), cut into `parts` chunks:
//   y[o,p,k] = sum of x[o,i,k] for i in [p * chunk, min((p + 1) * chunk, length)),
//   y: (outer, parts, inner).
// Neighbouring invocations take neighbouring columns k, so that they read neighbouring memory.
// Dispatch: COLUMNS x LANES invocations a workgroup, COLUMNS of the results a workgroup; x, y of the
// grid spread them. Needs reduce/columns_*.wgsl and reduce/stage_*.wgsl before it.

struct Shape { outer: u32, length: u32, inner: u32, parts: u32, chunk: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;

@compute @workgroup_size(COLUMNS, LANES)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) local: vec3u,
) {
  let lane = local.y;
  let result = (group.x + group.y * groups.x) * COLUMNS + local.x;
  let inside = result < shape.outer * shape.parts * shape.inner;
  let column = result % shape.inner;
  let part = result / shape.inner;
  let base = (part / shape.parts) * shape.length * shape.inner + column;
  let begin = (part % shape.parts) * shape.chunk;
  let end = select(0u, min(begin + shape.chunk, shape.length), inside);

  var sum = 0.0;
  for (var i = begin + lane; i < end; i += LANES) { sum += take(base + i * shape.inner); }
  let total = sum_over_column(local.x, lane, sum);
  if (lane == 0u && inside) { give(result, total); }
}
