// Features read four at a time, where their number is a multiple of 4. Generated: store.

const LANES: u32 = 4u;
alias Features = vec4f;

fn inner(a: Features, b: Features) -> f32 { return dot(a, b); }

fn store_features(i: u32, value: Features) {
  store(i * LANES, value.x);
  store(i * LANES + 1u, value.y);
  store(i * LANES + 2u, value.z);
  store(i * LANES + 3u, value.w);
}
