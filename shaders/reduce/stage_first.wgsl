// Ends of the first dispatch of a long reduction: from the operand to partial sums.
// Before reduce/sum_*.wgsl. partial: (outer, parts, inner). Generated: x.

@group(0) @binding(1) var<storage, read_write> partial: array<f32>;

fn take(i: u32) -> f32 { return x(i); }
fn give(i: u32, value: f32) { partial[i] = value; }
