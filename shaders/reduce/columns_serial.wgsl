// Sums across lanes where a column has a single lane: nothing to share, no workgroup memory, no
// barrier. For CPU adapters; a workgroup holds COLUMNS columns.

const COLUMNS: u32 = 64u;
const LANES: u32 = 1u;

fn sum_over_column(column: u32, lane: u32, value: f32) -> f32 {
  return value;
}
