/**
 * Gives the focus to a neighbour in the list, for a button whose row is about to go: it would be lost
 * with it. Where there is none, it stays.
 */
export const focusNeighbour = (button: Element): void => {
  const row = button.closest('li');
  const neighbour = row?.nextElementSibling ?? row?.previousElementSibling;
  neighbour?.querySelector<HTMLElement>('button')?.focus();
};
