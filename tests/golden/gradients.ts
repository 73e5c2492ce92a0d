import { parseSafetensors, type SafetensorsFile } from '../../src/interchange/safetensors';
import type { Tolerance } from '../support/compare';
import { readGolden } from '../support/files';
import { directionalErrors, type DirectionalError } from './directional';
import { expectAllGolden, parameterGradients, type Golden, type GradientOf } from './network';
import { groupsRepeating } from './repeatedGroups';

/** Holds the right values of those groups of tiny.safetensors that are copies of another group. */
const COMPANION = 'tiny-gradients.safetensors';

/**
 * How far a finite difference may be from a derivative, in units of its usual size: forward values
 * of f32, divided by a small step. Mean over all directions, and at most in one of them.
 */
const DIFFERENCES = { mean: 1e-2, most: 5e-2 };

/**
 * Compares every gradient of a group with the golden file. A group that the file repeats under
 * another name is not the gradient of its loss; it is compared with the companion file where the
 * folder has one, and with finite differences where it has none.
 */
export const expectGoldenGradients = async (
  golden: Golden,
  prefix: string,
  functions: readonly GradientOf[],
  tolerance: Tolerance,
): Promise<void> => {
  const groups = await Promise.all(functions.map((of) => parameterGradients(golden, of)));
  const computed = new Map(groups.flatMap((group) => [...group]));
  const repeating = groupsRepeating(golden.file, prefix);
  if (repeating.length === 0) {
    expectAllGolden(golden.file, prefix, computed, tolerance);
    return;
  }
  const problem = `the file has the same values in ${prefix}* and ${repeating.join('*, ')}*`;
  const companion = await readCompanion();
  if (!companion) {
    console.log(`${problem}, and there is no ${COMPANION}: finite differences instead`);
    for (const [index, of] of functions.entries()) {
      const errors = await directionalErrors(golden, of, groups[index] ?? new Map());
      expectDirectional(prefix, errors);
    }
    return;
  }
  // A group that the companion leaves out is the one whose values the file does hold.
  const corrected = [...companion.tensors.keys()].some((name) => name.startsWith(prefix));
  if (corrected && groupsRepeating(companion, prefix).length > 0) {
    throw new Error(`${COMPANION} repeats ${prefix}* as well`);
  }
  console.log(
    `${problem}: ${corrected ? `compared with ${COMPANION}` : `right here, as ${COMPANION} has none`}`,
  );
  expectAllGolden(corrected ? companion : golden.file, prefix, computed, tolerance);
};

/** Throws when finite differences contradict a gradient; else prints how close they came. */
export const expectDirectional = (prefix: string, errors: readonly DirectionalError[]): void => {
  const worst = errors.reduce((a, b) => (b.error <= a.error ? a : b), {
    direction: 'none',
    error: -1,
  });
  const mean = errors.reduce((sum, { error }) => sum + error, 0) / errors.length;
  const text =
    `${prefix}*: ${errors.length} directions of finite differences, mean error ` +
    `${mean.toExponential(1)}, worst ${worst.error.toExponential(1)} (${worst.direction})`;
  if (!(mean <= DIFFERENCES.mean && worst.error <= DIFFERENCES.most)) {
    throw new Error(`${text}: more than ${DIFFERENCES.mean} or ${DIFFERENCES.most}`);
  }
  console.log(text);
};

/** The companion of the golden file, undefined where the folder has none. Throws if it is damaged. */
const readCompanion = async (): Promise<SafetensorsFile | undefined> => {
  const bytes = await readGolden(COMPANION).catch(() => undefined);
  return bytes && parseSafetensors(bytes);
};
