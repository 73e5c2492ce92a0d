// Sum of embeddings, backward: dtable[r,d] = sum over (b, a) with rows[b,a] = r of dy[b,d].
// rows: (B, A), each in 0 .. R-1 (clamped to it); dy: (B, D). An invocation computes one element of
// dtable and walks over all (b, a) in order: no atomics, the same sum on every run.
// Dispatch: R*D invocations; x, y of the grid spread workgroups. Generated: rows, dy, store.

struct Shape { rows: u32, width: u32, samples: u32, picks: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;

const WORKGROUP: u32 = 64u;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let element = (group.x + group.y * groups.x) * WORKGROUP + local;
  if (element >= shape.rows * shape.width) { return; }
  let r = i32(element / shape.width);
  let d = element % shape.width;
  let last = i32(shape.rows) - 1i;
  var sum = 0.0;
  for (var b = 0u; b < shape.samples; b++) {
    var count = 0u;
    for (var a = 0u; a < shape.picks; a++) {
      count += u32(clamp(rows(b * shape.picks + a), 0i, last) == r);
    }
    if (count > 0u) { sum += f32(count) * dy(b * shape.width + d); }
  }
  store(element, sum);
}
