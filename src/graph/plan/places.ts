import type { Emitter, Tensor } from '../tensor';
import { aliasBase } from './program';

/**
 * Where a unit computes a value: at the index of the kernel's own result (null), or where a
 * permutation (the tensor) takes the index of what it reorders.
 */
export type Place = Tensor | null;

/** What an expression reads of a unit's values: none, all at one place, or at changed indices. */
type Reading = Place | 'nothing' | 'scattered';

/** What the value of `node` reads of the values that `places` tells the places of. */
export const readingOf = (
  node: Tensor,
  places: ReadonlyMap<Tensor, Place>,
  stored: ReadonlySet<Tensor>,
): Reading => {
  const base = aliasBase(node);
  const place = places.get(base);
  if (place !== undefined) return place;
  if (stored.has(base) || base.lowering.kind !== 'pointwise') return 'nothing';
  return readingOfInputs(base, places, stored);
};

/** The same of what computes an elementwise `tensor`: where it can be computed, if at a place. */
export const readingOfInputs = (
  tensor: Tensor,
  places: ReadonlyMap<Tensor, Place>,
  stored: ReadonlySet<Tensor>,
): Reading => {
  const { inputs, lowering } = tensor;
  const readings = new Set(inputs.map((input) => readingOf(input, places, stored)));
  readings.delete('nothing');
  const [reading = 'nothing', ...others] = readings;
  if (reading === 'nothing' || lowering.kind !== 'pointwise') return 'nothing';
  if (reading === 'scattered' || others.length > 0) return 'scattered';
  if (lowering.moves) return tensor;
  return lowering.aligned ? reading : 'scattered';
};

/** Names of values that are at hand, by the index that they are at. */
export type Known = Map<string, Map<Tensor, string>>;

/** Notes a value at hand. */
export const know = (known: Known, index: string, tensor: Tensor, name: string): void => {
  known.set(index, (known.get(index) ?? new Map<Tensor, string>()).set(tensor, name));
};

/**
 * The index of a place, from the kernel's own `i` through the permutations on the way (`sources`: the
 * place of what each reorders); what they move is at hand from then on.
 */
export const indexAt = (
  place: Place,
  sources: ReadonlyMap<Tensor, Place>,
  emitter: Emitter,
  known: Known,
): string => {
  const input = place?.inputs[0];
  if (place?.lowering.kind !== 'pointwise' || !place.lowering.moves || !input) return 'i';
  const from = indexAt(sources.get(place) ?? null, sources, emitter, known);
  const index = emitter.let(place.lowering.moves(emitter, from));
  know(known, index, place, emitter.value(input, from));
  return index;
};
