// The product also sums the rows of its first operand, which it loads anyway:
//   row_sums[b,m] = sum_k A[b,m,k],  row_sums: (batch, M).
// A weight gradient dW = dy' x thereby gives the bias gradient. Before linalg/matmul_*.wgsl.
// Generated: store_row_sums.

const ROW_SUMS: bool = true;
