import type { Network } from '../framework';
import type { NetworkProblem } from '../problems/network';
import { worstDifference } from './agreement';
import { checkAll, makeAll, rowOf, type Run } from './comparison';
import type { Row } from './row';
import { timed } from '../../statistics';
import { inTurns } from './turns';

/** Steps whose losses are compared: the second and later ones also check gradient and optimizer. */
const COMPARED_STEPS = 3;
/** Of velocities, whose values are about 1, and of losses. */
const WORST_DIFFERENCE = 1e-3;

const lossesOf = async (network: Network): Promise<number[]> => {
  const losses: number[] = [];
  for (let step = 0; step < COMPARED_STEPS; step++) losses.push(await network.step());
  return losses;
};

/** A forward pass of the DiT, and a step of its flow-matching loss with Adam. */
export const compareNetworks = async (
  run: Run,
  problem: NetworkProblem,
  wanted: { readonly forward: boolean; readonly step: boolean },
): Promise<Row[]> => {
  const { frameworks, rounds, note } = run;
  const networks = await makeAll(run, 'network', (framework) => framework.network(problem));
  const answers = [];
  for (const [index, network] of networks.entries()) {
    const name = frameworks[index]?.name ?? '';
    note(`network: checking ${name}`);
    const velocity = Float32Array.from(await network.forward());
    const losses = await lossesOf(network);
    note(`network: losses ${losses.map((loss) => loss.toFixed(5)).join(', ')}`);
    answers.push({ name, answer: { velocity, losses } });
  }
  const differences = checkAll('network', answers, WORST_DIFFERENCE, (found, expected) => ({
    velocity: worstDifference(found.velocity, expected.velocity),
    losses: worstDifference(found.losses, expected.losses),
  }));
  const rows: Row[] = [];
  for (const work of ['forward', 'step'] as const) {
    if (!wanted[work]) continue;
    note(`timing ${work}`);
    const times = await inTurns(networks, rounds, (network) => timed(() => network[work]()));
    rows.push(rowOf(work, null, run, times, differences));
  }
  for (const network of networks) network.destroy();
  return rows;
};
