// Cosine and sine to f32 precision on every adapter: WGSL's own may be off by 2^-11, and some are.
// The angle is given in turns (1 = 2 pi), so that taking off whole turns loses nothing:
//   quarter = round(4 turns),  rest = turns - quarter / 4 in [-1/8, 1/8],
// then the polynomials of the Cephes library (Moshier) on [-pi/4, pi/4].
// A library; nn/time_embedding.wgsl and random/normal.wgsl come after it.

const TURN: f32 = 6.283185307179586;

// (cos, sin) of 2 pi turns, for |turns| < 2^20.
fn cos_sin_of_turns(turns: f32) -> vec2f {
  let quarter = round(4.0 * turns);
  let x = (turns - 0.25 * quarter) * TURN;
  let z = x * x;
  let sine = x + x * z * (-1.6666654611e-1 + z * (8.3321608736e-3 - z * 1.9515295891e-4));
  let cosine = 1.0 - 0.5 * z
    + z * z * (4.166664568298827e-2 + z * (-1.388731625493765e-3 + z * 2.443315711809948e-5));
  switch (i32(quarter) & 3) {
    case 1: { return vec2f(-sine, cosine); }
    case 2: { return vec2f(-cosine, -sine); }
    case 3: { return vec2f(sine, -cosine); }
    default: { return vec2f(cosine, sine); }
  }
}
