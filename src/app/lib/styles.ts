/** Style sheets that could not be fetched. The bundler asks for each only once. */
const missing = new Set<HTMLLinkElement>();

/** Notes which style sheets cannot be fetched. */
export const followStyles = (): void => {
  const note = ({ target }: Event): void => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') missing.add(target);
  };
  // Such an error does not bubble.
  document.addEventListener('error', note, { capture: true });
};

/** Asks once more for the style sheets that could not be fetched. */
export const askForStyles = (): void => {
  for (const link of missing) link.replaceWith(link.cloneNode());
  missing.clear();
};
