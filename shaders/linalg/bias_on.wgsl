// End of a product with a bias: C[b,m,n] + bias[n]. bias: (N).
// Before linalg/matmul_*.wgsl. Generated: bias, store.

fn give(i: u32, n: u32, value: f32) { store(i, value + bias(n)); }
