// The product alone. Before linalg/matmul_*.wgsl.

const ROW_SUMS: bool = false;
fn store_row_sums(i: u32, value: f32) {}
