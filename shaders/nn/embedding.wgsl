// Sum of embeddings: y[b,d] = sum_a table[p,rows[b,a],d], p = b / share: each part of `share` samples
// has a table of its own (one part: one table).
// table: (B / share, R, D); rows: (B, A), each in 0 .. R-1 (clamped to it). One invocation an element.
// Dispatch: B*D invocations; x, y of the grid spread workgroups. Generated: table, rows, store.

struct Shape { rows: u32, width: u32, samples: u32, picks: u32, share: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;

const WORKGROUP: u32 = 64u;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let element = (group.x + group.y * groups.x) * WORKGROUP + local;
  if (element >= shape.samples * shape.width) { return; }
  let sample = element / shape.width;
  let d = element % shape.width;
  let first = sample / shape.share * shape.rows;
  var sum = 0.0;
  for (var a = 0u; a < shape.picks; a++) {
    let row = clamp(rows(sample * shape.picks + a), 0i, i32(shape.rows) - 1i);
    sum += table((first + u32(row)) * shape.width + d);
  }
  store(element, sum);
}
