// Multiply-adds in registers and nothing else: the most that an adapter's f32 units do. Eight chains of
// vec4 that do not wait for each other; 4 links each a round. Dispatch: any number of workgroups.

@group(0) @binding(0) var<uniform> rounds: vec4u;
@group(0) @binding(1) var<storage, read_write> result: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  // Values that stay finite, and that no compiler knows.
  let f = vec4f(0.5 + f32(id.x & 7u) * 0.01);
  let s = vec4f(f32(id.x & 3u) * 0.1);
  var a = s; var b = s + 0.1; var c = s + 0.2; var d = s + 0.3;
  var e = s + 0.4; var g = s + 0.5; var h = s + 0.6; var k = s + 0.7;
  for (var i = 0u; i < rounds.x; i++) {
    a = a * f + s; b = b * f + s; c = c * f + s; d = d * f + s;
    e = e * f + s; g = g * f + s; h = h * f + s; k = k * f + s;
    a = a * f + s; b = b * f + s; c = c * f + s; d = d * f + s;
    e = e * f + s; g = g * f + s; h = h * f + s; k = k * f + s;
    a = a * f + s; b = b * f + s; c = c * f + s; d = d * f + s;
    e = e * f + s; g = g * f + s; h = h * f + s; k = k * f + s;
    a = a * f + s; b = b * f + s; c = c * f + s; d = d * f + s;
    e = e * f + s; g = g * f + s; h = h * f + s; k = k * f + s;
  }
  result[id.x] = a + b + c + d + e + g + h + k;
}
