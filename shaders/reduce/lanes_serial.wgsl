// Sums across lanes where a row has a single lane: nothing to share, no workgroup memory, no barrier.
// For CPU adapters, where barriers are slow to compile and to run; a workgroup holds ROWS rows.

const LANES: u32 = 1u;
const ROWS: u32 = 16u;

fn sum_over_lanes(lane: u32, value: f32) -> f32 {
  return value;
}
