// Exponential moving average of the parameters: average += (1 - decay) (p - average).
// Before optim/adam.wgsl; average: as its other arrays. Generated (scalar): ema_decay.

@group(0) @binding(5) var<storage, read_write> average: array<f32>;

fn follow(i: u32, p: f32) {
  average[i] += (1.0 - ema_decay(0u)) * (p - average[i]);
}
