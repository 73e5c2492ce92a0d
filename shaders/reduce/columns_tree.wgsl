// Sums across the LANES invocations that share one column, COLUMNS columns a workgroup: a tree in
// workgroup memory, so the order of additions is fixed. For GPUs. Every invocation of the workgroup
// must call it (it holds barriers).

const COLUMNS: u32 = 16u;
const LANES: u32 = 16u;

var<workgroup> column_sums: array<f32, COLUMNS * LANES>;

fn sum_over_column(column: u32, lane: u32, value: f32) -> f32 {
  let here = lane * COLUMNS + column;
  column_sums[here] = value;
  workgroupBarrier();
  for (var height = LANES / 2u; height > 0u; height /= 2u) {
    if (lane < height) {
      column_sums[here] += column_sums[here + height * COLUMNS];
    }
    workgroupBarrier();
  }
  return column_sums[column];
}
