// Functions of one value that fused elementwise chains call. Arguments are clamped where WGSL's own
// function would overflow; the clamps do not change any float32 result.

fn square(x: f32) -> f32 { return x * x; }

// 1 / (1 + e^-x)
fn sigmoid(x: f32) -> f32 { return 1.0 / (1.0 + exp(-clamp(x, -80.0, 80.0))); }

// log(1 + e^x) = max(x, 0) + log(1 + e^-|x|)
fn softplus(x: f32) -> f32 { return max(x, 0.0) + log(1.0 + exp(-abs(x))); }

// x * sigmoid(x)
fn silu(x: f32) -> f32 { return x * sigmoid(x); }

// d silu / dx = s * (1 + x * (1 - s)), s = sigmoid(x)
fn silu_derivative(x: f32) -> f32 {
  let s = sigmoid(x);
  return s * (1.0 + x * (1.0 - s));
}

const GELU_SCALE: f32 = 0.7978845608028654; // sqrt(2 / pi)
const GELU_CUBIC: f32 = 0.044715;

fn gelu_tanh(x: f32) -> f32 {
  return tanh(clamp(GELU_SCALE * (x + GELU_CUBIC * x * x * x), -15.0, 15.0));
}

// x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3)))
fn gelu(x: f32) -> f32 { return 0.5 * x * (1.0 + gelu_tanh(x)); }

// d gelu / dx = (1 + h) / 2 + x / 2 * (1 - h^2) * sqrt(2 / pi) * (1 + 3 * 0.044715 x^2), h = gelu_tanh(x)
fn gelu_derivative(x: f32) -> f32 {
  let h = gelu_tanh(x);
  return 0.5 * (1.0 + h) + 0.5 * x * (1.0 - h * h) * GELU_SCALE * (1.0 + 3.0 * GELU_CUBIC * x * x);
}
