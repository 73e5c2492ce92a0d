// Copies a buffer: the most that an adapter's memory moves. Neighbours touch neighbours.
// Dispatch: any number of workgroups; each invocation goes on in strides of all.

@group(0) @binding(0) var<uniform> rounds: vec4u;
@group(0) @binding(1) var<storage, read> source: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> copied: array<vec4f>;

@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(num_workgroups) groups: vec3u,
) {
  for (var at = id.x; at < rounds.y; at += groups.x * 64u) { copied[at] = source[at]; }
}
