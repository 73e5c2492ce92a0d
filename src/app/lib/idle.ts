/** The longest that what is put off may wait, in milliseconds. */
const LONGEST = 2000;

/** Resolves when the page has nothing better to do: after it was first shown and can be used. */
export const idle = (): Promise<void> =>
  new Promise((resolve) => {
    // Safari has none.
    if (!('requestIdleCallback' in window)) setTimeout(resolve, LONGEST / 10);
    else window.requestIdleCallback(() => resolve(), { timeout: LONGEST });
  });
