import { mixtureSchema, type Mixture } from '../../../tasks/mixture/mixture';
import { forget, recall, remember } from '../../lib/remembered';
import { notify } from '../../state/notices';

const NAME = 'plane.drawn';

const parse = (text: string): Mixture | null => {
  try {
    return mixtureSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null; // What is no JSON is broken.
  }
};

/** The distribution that was drawn on an earlier visit; null: none. A broken one is dropped. */
export const readDrawn = (): Mixture | null => {
  const text = recall(NAME);
  if (text === null) return null;
  const drawn = parse(text);
  if (drawn !== null) return drawn;
  forget(NAME);
  notify({
    id: 'drawn',
    text: 'The distribution that was kept from an earlier visit could not be read, and was dropped. Draw another.',
  });
  return null;
};

/** Keeps a drawn distribution for later visits; without storage it lasts as long as the page. */
export const keepDrawn = (mixture: Mixture): void => remember(NAME, JSON.stringify(mixture));
