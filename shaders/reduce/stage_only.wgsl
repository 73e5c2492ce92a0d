// Ends of a reduction in one dispatch: from the operand straight to the result.
// Before reduce/sum_*.wgsl. Generated: x, store.

fn take(i: u32) -> f32 { return x(i); }
fn give(i: u32, value: f32) { store(i, value); }
