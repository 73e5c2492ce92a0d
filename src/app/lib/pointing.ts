import type { TermId } from '../../distill/config';
import { motion } from './motion';

/** The term that an element belongs to: formula, card, chart and microscope say it as `data-term`. */
const termOf = (target: EventTarget | null): string | undefined =>
  target instanceof Element
    ? target.closest<HTMLElement>('[data-term]')?.dataset['term']
    : undefined;

/**
 * Tells the style sheet which term is pointed at or has the focus, so that all that belongs to it is
 * marked together, wherever it is on the page.
 */
export const followPointing = (): void => {
  const { dataset } = document.documentElement;
  const point = ({ target }: Event): void => {
    const term = termOf(target);
    if (term === undefined) delete dataset['pointed'];
    else if (dataset['pointed'] !== term) dataset['pointed'] = term;
  };
  for (const type of ['pointerover', 'focusin']) document.addEventListener(type, point);
};

/** Brings a term's card into sight, with the focus on its switch. */
export const showTerm = (id: TermId): void => {
  const card = document.querySelector(`.term-card[data-term="${id}"]`);
  card?.scrollIntoView({ block: 'center', behavior: motion() });
  card?.querySelector<HTMLElement>('[role="switch"]')?.focus({ preventScroll: true });
};
