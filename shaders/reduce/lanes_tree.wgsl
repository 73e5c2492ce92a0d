// Sums across the LANES invocations that share one row: a tree in workgroup memory, so the order of
// additions is fixed and the result is the same on every run. For GPUs.
// One row a workgroup: every invocation of the workgroup must call it (it holds barriers).

const LANES: u32 = 64u;
const ROWS: u32 = 1u;

var<workgroup> lane_sums: array<f32, LANES>;

fn sum_over_lanes(lane: u32, value: f32) -> f32 {
  lane_sums[lane] = value;
  workgroupBarrier();
  for (var width = LANES / 2u; width > 0u; width /= 2u) {
    if (lane < width) {
      lane_sums[lane] += lane_sums[lane + width];
    }
    workgroupBarrier();
  }
  let total = lane_sums[0];
  workgroupBarrier();
  return total;
}
