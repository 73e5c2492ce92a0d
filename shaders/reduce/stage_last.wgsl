// Ends of the second dispatch of a long reduction: from partial sums to the result.
// Before reduce/sum_*.wgsl. partial: (outer, parts, inner). Generated: store.

@group(0) @binding(1) var<storage, read_write> partial: array<f32>;

fn take(i: u32) -> f32 { return partial[i]; }
fn give(i: u32, value: f32) { store(i, value); }
