// Sum over the last axis of x: (outer, length), each row cut into `parts` chunks:
//   y[o,p] = sum of x[o,i] for i in [p * chunk, min((p + 1) * chunk, length)),  y: (outer, parts).
// Dispatch: LANES x ROWS invocations a workgroup, ROWS of the outer * parts results a workgroup;
// x, y of the grid spread them. Needs reduce/lanes_*.wgsl and reduce/stage_*.wgsl before it.

struct Shape { outer: u32, length: u32, inner: u32, parts: u32, chunk: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;

@compute @workgroup_size(LANES, ROWS)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) local: vec3u,
) {
  let lane = local.x;
  let result = (group.x + group.y * groups.x) * ROWS + local.y;
  let inside = result < shape.outer * shape.parts;
  let base = (result / shape.parts) * shape.length;
  let begin = (result % shape.parts) * shape.chunk;
  let end = select(0u, min(begin + shape.chunk, shape.length), inside);

  var sum = 0.0;
  for (var i = begin + lane; i < end; i += LANES) { sum += take(base + i); }
  let total = sum_over_lanes(lane, sum);
  if (lane == 0u && inside) { give(result, total); }
}
