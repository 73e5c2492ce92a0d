// Sums across the LANES invocations that share one row: within each subgroup, then across the subgroups
// through workgroup memory, with two barriers in place of a tree's eight. For GPUs with subgroups.
// Subgroups may be of any size, and nothing is assumed of which lanes share one: each leaves its sum in
// the place of the one that it elects and zeros in the others', and every subgroup then shares out all
// the places among its own. The order of additions is the adapter's, but the same on every run.
// One row a workgroup: every invocation of the workgroup must call it (it holds barriers).
// Needs: enable subgroups.

const LANES: u32 = 64u;
const ROWS: u32 = 1u;

var<workgroup> lane_sums: array<f32, LANES>;

fn sum_over_lanes(lane: u32, value: f32) -> f32 {
  let own = subgroupAdd(value);
  lane_sums[lane] = select(0.0, own, subgroupElect());
  workgroupBarrier();
  let sharers = subgroupAdd(1u);
  var part = 0.0;
  for (var i = subgroupExclusiveAdd(1u); i < LANES; i += sharers) { part += lane_sums[i]; }
  let total = subgroupAdd(part);
  workgroupBarrier();
  return total;
}
