import type { TermId } from '../../distill/config';
import type { ArmConfig } from '../../lab/config';
import { TERM_IDS, TERM_NAMES } from '../lib/terms';
import { withTerm } from '../state/bench';
import { onOff, switchOf, valueOf, type Setting } from './setting';

/** Whether a term is switched on. */
export const isOn =
  (id: TermId) =>
  ({ terms }: ArmConfig): boolean =>
    terms[id].enabled;

const enabled = (id: TermId): Setting =>
  switchOf(TERM_NAMES[id], {
    read: ({ terms }) => onOff(terms[id].enabled),
    restore: (config, { terms }) => withTerm(config, id, { enabled: terms[id].enabled }),
  });

const weight = (id: TermId): Setting =>
  valueOf(`weight of ${TERM_NAMES[id]}`, {
    read: ({ terms }) => terms[id].weight.toFixed(2),
    restore: (config, { terms }) => withTerm(config, id, { weight: terms[id].weight }),
    counts: isOn(id),
  });

const switches = Object.fromEntries(TERM_IDS.map((id) => [`${id}.enabled`, enabled(id)])) as Record<
  `${TermId}.enabled`,
  Setting
>;

const weights = Object.fromEntries(TERM_IDS.map((id) => [`${id}.weight`, weight(id)])) as Record<
  `${TermId}.weight`,
  Setting
>;

/** Which terms move the student, and how much each counts. */
export const TERM_SETTINGS = {
  ...switches,
  guidanceScale: valueOf('α', {
    read: ({ guidanceScale }) => String(guidanceScale),
    restore: (config, { guidanceScale }) => ({ ...config, guidanceScale }),
    counts: isOn('ca'),
  }),
  ...weights,
  normalise: switchOf('normaliser', {
    read: ({ normalise }) => onOff(normalise),
    restore: (config, { normalise }) => ({ ...config, normalise }),
    counts: ({ terms }) => terms.ca.enabled || terms.dm.enabled,
  }),
} satisfies Record<string, Setting>;
