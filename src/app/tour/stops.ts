/** A stop of the tour: the control that it points at, and what is said of it. */
export interface Stop {
  readonly id: string;
  /** Finds the control on the page. */
  readonly target: string;
  readonly title: string;
  readonly text: string;
}

export const STOPS: readonly Stop[] = [
  {
    id: 'spear',
    target: '.term-card[data-term="ca"]',
    title: 'The spear',
    text: 'CFG augmentation, CA, drives every picture towards its prompt; α says how hard. Press Start, let it train, then move α and watch the pictures follow.',
  },
  {
    id: 'shield',
    target: '.term-card[data-term="dm"]',
    title: 'The shield',
    text: 'Distribution matching, DM, pulls back what no teacher would draw. Duplicate the arm, switch the shield off in the copy, and compare: the spear alone never stops.',
  },
  {
    id: 'others',
    target: '.term-card[data-term="meanVariance"]',
    title: 'Other shields',
    text: 'DM is not the only shield. Mean-variance holds brightness and contrast, a GAN learns what looks real. Switch DM off and one of them on: how much of a picture does each save?',
  },
  {
    id: 'schedules',
    target: '[data-tour="schedules"]',
    title: 'Schedules',
    text: 'Spear and shield may look at different noise levels τ. Give the student 4 steps and try the four schedules of the paper; the rails of CA and DM show what each step draws.',
  },
  {
    id: 'home',
    target: '[data-tour="take-home"]',
    title: 'Take it home',
    text: 'Once a run is on, its student is yours: as ONNX, tried before it is handed over, or as plain weights. Everything stays on your machine.',
  },
];

/**
 * The next stop in that direction whose control is on the page; null where there is none.
 * `from`: place of the present one, -1 before the first.
 */
export const nextStop = (
  from: number,
  by: 1 | -1,
  isThere: (stop: Stop) => boolean,
): number | null => {
  for (let place = from + by; place >= 0 && place < STOPS.length; place += by) {
    const stop = STOPS[place];
    if (stop !== undefined && isThere(stop)) return place;
  }
  return null;
};
