// What the lanes of a subgroup share over a step of the sum of C = A B: ROWS x 4 of A. Each lane loads
// two vec4 of it, the vectors `lane` and LANES + `lane`, and broadcasts hand out the others, so that no
// number is loaded twice: a CPU adapter pays for a load many times what it pays for a broadcast.
// A vector lies along A's contiguous axis: vector i is row i, or where A is stored transposed the rows
// 4 (i / 4) .. + 3 at k + i % 4. Four neighbours are a 4x4 block of A.
// A workgroup is one subgroup. Before it: const LANES: u32 (4 or 8), the subgroup's size.
// After it: *_lanes.wgsl.

const ROWS: u32 = 2u * LANES; // rows of C that a workgroup computes
const COLUMNS: u32 = 4u; // columns of C that a lane computes

/// The vectors of lanes 0 to 3 as columns.
fn first_four(vector: vec4f) -> mat4x4f {
  return mat4x4f(
    subgroupBroadcast(vector, 0u),
    subgroupBroadcast(vector, 1u),
    subgroupBroadcast(vector, 2u),
    subgroupBroadcast(vector, 3u),
  );
}

/// The vectors of the last four lanes as columns.
fn last_four(vector: vec4f) -> mat4x4f {
  return mat4x4f(
    subgroupBroadcast(vector, LANES - 4u),
    subgroupBroadcast(vector, LANES - 3u),
    subgroupBroadcast(vector, LANES - 2u),
    subgroupBroadcast(vector, LANES - 1u),
  );
}

/// Which row of the workgroup's is number i of the blocks' rows: first and last four of the upper and
/// the lower vectors, in the order upper first, lower first, upper last, lower last.
fn row_of(i: u32) -> u32 {
  return i % 4u + i / 4u % 2u * LANES + i / 8u * 4u;
}
