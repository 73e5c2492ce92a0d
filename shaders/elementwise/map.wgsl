// One value an element, computed by a fused chain of elementwise operations:
//   store(i, value_at(i)) for i in 0 .. count.
// Dispatch: 64 invocations a workgroup; x, y of the grid spread the elements.
// Generated: value_at, store.

struct Shape { count: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;

const SIZE: u32 = 64u;

@compute @workgroup_size(SIZE)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = id.x + id.y * groups.x * SIZE;
  if (i < shape.count) { store(i, value_at(i)); }
}
