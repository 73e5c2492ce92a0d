// No moving average of the parameters. Before optim/adam.wgsl.

fn follow(i: u32, p: f32) {}
