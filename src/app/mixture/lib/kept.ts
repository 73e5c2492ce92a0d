import { mixtureSchema, type Mixture } from '../../../tasks/mixture/mixture';
import { notify } from '../../state/notices';

const KEY = 'spear-and-shield.plane.drawn';

/** The distribution that was drawn on an earlier visit; null: none. A broken one is dropped. */
export const readDrawn = (): Mixture | null => {
  try {
    const text = localStorage.getItem(KEY);
    if (text === null) return null;
    const result = mixtureSchema.safeParse(JSON.parse(text));
    if (result.success) return result.data;
  } catch (error) {
    // Storage may be forbidden: then nothing was kept. What is no JSON is broken.
    if (!(error instanceof SyntaxError)) return null;
  }
  localStorage.removeItem(KEY);
  notify({
    id: 'drawn',
    text: 'The distribution that was kept from an earlier visit could not be read, and was dropped. Draw another.',
  });
  return null;
};

/** Keeps a drawn distribution for later visits, where the browser keeps anything. */
export const keepDrawn = (mixture: Mixture): void => {
  try {
    localStorage.setItem(KEY, JSON.stringify(mixture));
  } catch {
    // Without storage it lasts as long as the page.
  }
};
