// End of a batch of products, each with a bias of its own: C[b,m,n] + bias[b,n]. bias: (batch, N).
// Before linalg/matmul_*.wgsl. Generated: bias, store.

fn give(i: u32, n: u32, value: f32) {
  let product = i / (shape.m * shape.n);
  store(i, value + bias(product * shape.n + n));
}
