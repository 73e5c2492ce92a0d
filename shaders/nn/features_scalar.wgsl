// Features read one at a time, for any number of them. Generated: store.

const LANES: u32 = 1u;
alias Features = f32;

fn inner(a: Features, b: Features) -> f32 { return a * b; }

fn store_features(i: u32, value: Features) { store(i, value); }
