// What a workgroup shares over a step of the sum of C = A B: TILE x 16 of A and 16 x TILE of B, in 4x4
// blocks. The first BLOCKS invocations load one block of A each, the next ones one block of B.
// Column j of all blocks lies together, and the place of a block is its side XOR its depth, so that
// neither the writes (neighbours along the sum or a side) nor the reads (neighbours along a side) meet
// in a bank.
// Before it: const TILE: u32 (32 or 64); alias Kept, f32 or f16, of what is kept. After it: *_tiled.wgsl.

const SIDE: u32 = TILE / 4u; // blocks along lines and columns of C
const DEPTH: u32 = 4u; // blocks along the sum
const BLOCKS: u32 = SIDE * DEPTH;

var<workgroup> a_tile: array<vec4<Kept>, BLOCKS * 4u>;
var<workgroup> b_tile: array<vec4<Kept>, BLOCKS * 4u>;

fn place(side: u32, depth: u32) -> u32 {
  return depth * SIDE + (side ^ depth);
}

/// The block (side, depth) that an invocation loads; neighbours lie along the operand's contiguous axis.
fn block_of(index: u32, along_sum: bool) -> vec2u {
  let load = index % BLOCKS;
  return select(
    vec2u(load % SIDE, load / SIDE),
    vec2u(load / DEPTH, load % DEPTH),
    along_sum,
  );
}

fn keep_a(at: u32, block: mat4x4f) {
  a_tile[at] = vec4<Kept>(block[0]);
  a_tile[BLOCKS + at] = vec4<Kept>(block[1]);
  a_tile[2u * BLOCKS + at] = vec4<Kept>(block[2]);
  a_tile[3u * BLOCKS + at] = vec4<Kept>(block[3]);
}

fn keep_b(at: u32, block: mat4x4f) {
  b_tile[at] = vec4<Kept>(block[0]);
  b_tile[BLOCKS + at] = vec4<Kept>(block[1]);
  b_tile[2u * BLOCKS + at] = vec4<Kept>(block[2]);
  b_tile[3u * BLOCKS + at] = vec4<Kept>(block[3]);
}

fn kept_a(at: u32) -> mat4x4<Kept> {
  return mat4x4<Kept>(a_tile[at], a_tile[BLOCKS + at], a_tile[2u * BLOCKS + at], a_tile[3u * BLOCKS + at]);
}

fn kept_b(at: u32) -> mat4x4<Kept> {
  return mat4x4<Kept>(b_tile[at], b_tile[BLOCKS + at], b_tile[2u * BLOCKS + at], b_tile[3u * BLOCKS + at]);
}
