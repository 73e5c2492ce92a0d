// What a page tells of a start, from the press of the button to the first iteration that it shows:
// `watchStart` runs in the page and notes it, `stagesOf` reads the notes.

/**
 * @typedef {object} StartNotes
 * @property {number | null} pressed milliseconds of the page's clock
 * @property {{ at: number, words: string }[]} shown what the run bar said from then on
 * @property {number | null} trained when the first iteration was shown
 */

/** @typedef {{ stage: string, milliseconds: number }} Stage */

/** Runs in the page, before it: notes every press of Start, each in place of the one before. */
export function watchStart() {
  /** @type {StartNotes} */
  const notes = { pressed: null, shown: [], trained: null };
  Object.assign(window, { startNotes: notes });
  addEventListener(
    'click',
    ({ target, timeStamp }) => {
      const button = target instanceof Element ? target.closest('button') : null;
      if (button?.textContent.trim() !== 'Start') return;
      Object.assign(notes, { pressed: timeStamp, shown: [], trained: null });
    },
    { capture: true },
  );
  const text = (/** @type {string} */ id) =>
    document.querySelector(`[data-testid="${id}"]`)?.textContent ?? '';
  new MutationObserver(() => {
    if (notes.pressed === null || notes.trained !== null) return;
    const [at, words] = [performance.now(), text('run-status')];
    if (notes.shown.at(-1)?.words !== words) notes.shown.push({ at, words });
    if (Number(text('iteration-value')) > 0) notes.trained = at;
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

/** Runs in the page: the notes of a start that has come to its first iteration, else null. */
export function startSeen() {
  const { startNotes } = /** @type {{ startNotes: StartNotes }} */ (
    /** @type {unknown} */ (window)
  );
  return startNotes.trained === null ? null : startNotes;
}

/** The stage that the run bar's words are about: without how many pieces of it are done. */
const stageIn = (/** @type {string} */ words) => words.replace(/(: [^:]* of [^:]*)?…$/, '');

/**
 * Milliseconds of a start, by the stage that the run bar told of, in the order in which they were first
 * told; the last lasts until the first iteration is shown. Throws a RangeError for a start that has not
 * come so far.
 * @param {StartNotes} notes
 * @returns {{ total: number, stages: Stage[] }}
 */
export function stagesOf({ pressed, shown, trained }) {
  if (pressed === null || trained === null) throw new RangeError('No iteration was shown yet.');
  /** @type {Map<string, number>} */
  const sums = new Map();
  const told = [{ at: pressed, words: 'until the page says something' }, ...shown];
  for (const [index, { at, words }] of told.entries()) {
    const until = told[index + 1]?.at ?? trained;
    const stage = stageIn(words);
    sums.set(stage, (sums.get(stage) ?? 0) + until - at);
  }
  const stages = [...sums].map(([stage, milliseconds]) => ({ stage, milliseconds }));
  return { total: trained - pressed, stages };
}
