import type { Memory } from '../graph/memory';
import { elementCount } from '../graph/shape';
import type { Variable } from '../graph/tensor';
import type { ArmMemory } from './arm';
import { learnedVariables } from './networks';
import { placeTeacher } from './newNetworks';
import { NETWORK_IDS, type NetworkId } from './streams';

/** How far a run is, and how often each network was updated. */
export interface TrainerCounters {
  readonly iteration: number;
  readonly studentUpdates: number;
  readonly criticUpdates: number;
  readonly discriminatorUpdates: number;
}

/**
 * All that a run needs to go on bit for bit as if it had never stopped: plain data. Tensors are
 * flat arrays by name (`student.parameters`, `student.average`, `critic.firstMoment`, ...); networks
 * that were never trained are absent, since they are made anew the same.
 */
export interface TrainerState {
  readonly counters: TrainerCounters;
  readonly tensors: ReadonlyMap<string, Float32Array<ArrayBuffer>>;
}

/** Updates that a network has had. */
export const updatesOf = (counters: TrainerCounters, network: NetworkId): number =>
  counters[`${network}Updates`];

const variablesOf = (arm: ArmMemory, network: NetworkId): [string, Variable][] =>
  learnedVariables(arm.networks[network]).map(([part, variable]) => [
    `${network}.${part}`,
    variable,
  ]);

/** Downloads the state of an arm as of the work submitted so far. */
export const readState = async (
  memory: Memory,
  arm: ArmMemory,
  counters: TrainerCounters,
): Promise<TrainerState> => {
  const trained = NETWORK_IDS.filter((id) => updatesOf(counters, id) > 0);
  const named = trained.flatMap((id) => variablesOf(arm, id));
  // Every copy is submitted before the first is awaited, so all are of one moment.
  const values = await Promise.all(named.map(([, variable]) => memory.read(variable)));
  const tensors = new Map<string, Float32Array<ArrayBuffer>>();
  named.forEach(([name], index) => {
    const tensor = values[index];
    if (tensor) tensors.set(name, tensor);
  });
  return { counters, tensors };
};

/** Throws a RangeError that names what does not fit the arm. */
const checkState = (arm: ArmMemory, { counters, tensors }: TrainerState): void => {
  for (const [name, count] of Object.entries(counters)) {
    if (!Number.isInteger(count) || count < 0) {
      throw new RangeError(`The state's counter ${name} must be a whole number, got ${count}.`);
    }
  }
  const expected = new Map(NETWORK_IDS.flatMap((id) => variablesOf(arm, id)));
  for (const [name, values] of tensors) {
    const variable = expected.get(name);
    if (!variable) throw new RangeError(`The state holds ${name}, which no network here has.`);
    const size = elementCount(variable.shape);
    if (values.length !== size) {
      throw new RangeError(`The state's ${name} has ${values.length} values, here are ${size}.`);
    }
  }
  for (const id of NETWORK_IDS) {
    if (updatesOf(counters, id) === 0) continue;
    const missing = variablesOf(arm, id).find(([name]) => !tensors.has(name));
    if (missing) throw new RangeError(`The state lacks ${missing[0]}.`);
  }
};

/**
 * Uploads the networks that a state holds and returns them. Throws a RangeError, and changes
 * nothing, when the state does not fit.
 */
export const writeState = (memory: Memory, arm: ArmMemory, state: TrainerState): NetworkId[] => {
  checkState(arm, state);
  const trained = NETWORK_IDS.filter((id) => updatesOf(state.counters, id) > 0);
  for (const [name, variable] of trained.flatMap((id) => variablesOf(arm, id))) {
    const values = state.tensors.get(name);
    if (values) memory.write(variable, values);
  }
  if (trained.includes('critic')) placeTeacher(memory, arm);
  return trained;
};
