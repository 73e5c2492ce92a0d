import { create } from 'zustand';
import type { TermId } from '../../distill/config';
import { motion } from './motion';
import { TERM_IDS } from './terms';

/** The term that is pointed at or has the focus, for what is painted; null: none. */
export const usePointed = create<{ readonly term: TermId | null }>()(() => ({ term: null }));

/** The term that an element belongs to: formula, card, chart and microscope say it as `data-term`. */
const termOf = (target: EventTarget | null): TermId | null => {
  const owner = target instanceof Element ? target.closest<HTMLElement>('[data-term]') : null;
  return TERM_IDS.find((id) => id === owner?.dataset['term']) ?? null;
};

/**
 * Follows which term is pointed at or has the focus, and tells the style sheet, so that all that
 * belongs to it is marked together, wherever it is on the page.
 */
export const followPointing = (): void => {
  const { dataset } = document.documentElement;
  const point = ({ target }: Event): void => {
    const term = termOf(target);
    if (usePointed.getState().term === term) return;
    usePointed.setState({ term });
    if (term === null) delete dataset['pointed'];
    else dataset['pointed'] = term;
  };
  for (const type of ['pointerover', 'focusin']) document.addEventListener(type, point);
};

/** Brings a term's card into sight, with the focus on its switch. */
export const showTerm = (id: TermId): void => {
  const card = document.querySelector(`.term-card[data-term="${id}"]`);
  card?.scrollIntoView({ block: 'center', behavior: motion() });
  card?.querySelector<HTMLElement>('[role="switch"]')?.focus({ preventScroll: true });
};
