// End of a product without a bias. Before linalg/matmul_*.wgsl. Generated: store.

fn give(i: u32, n: u32, value: f32) { store(i, value); }
