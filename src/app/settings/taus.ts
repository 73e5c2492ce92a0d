import type { TauRange, TauTermId } from '../../distill/config';
import type { ArmConfig } from '../../lab/config';
import { TERM_NAMES } from '../lib/terms';
import { withTerm } from '../state/bench';
import { onOff, valueOf, type Setting } from './setting';

const TAU_TERMS = ['ca', 'dm', 'gan'] as const satisfies readonly TauTermId[];
type Part = 'range' | 'aboveT' | 'distribution' | 'shift' | 'logitMean' | 'logitStd';

/** The distributions in words. */
export const DISTRIBUTION_NAMES: Readonly<Record<TauRange['distribution'], string>> = {
  uniform: 'uniform',
  logitNormal: 'logit-normal',
  shifted: 'shifted',
};

/** A range of noise levels as it is written everywhere. */
export const rangeInWords = ({ lo, hi }: Pick<TauRange, 'lo' | 'hi'>): string =>
  `${lo.toFixed(2)} to ${hi.toFixed(2)}`;

/** Whether a term draws noise levels of its own. */
const draws = (id: TauTermId, { terms }: ArmConfig): boolean =>
  terms[id].enabled && !(id === 'dm' && terms.dm.sharedTau && terms.ca.enabled);

const take = (
  id: TauTermId,
  names: readonly (keyof TauRange)[],
  config: ArmConfig,
  from: ArmConfig,
): ArmConfig => {
  const taken = Object.fromEntries(names.map((name) => [name, from.terms[id].tau[name]]));
  return withTerm(config, id, { tau: { ...config.terms[id].tau, ...taken } });
};

/** The knobs of the distributions: shown for one distribution only. */
const knob = (
  id: TauTermId,
  part: 'shift' | 'logitMean' | 'logitStd',
  name: string,
  distribution: TauRange['distribution'],
): Setting =>
  valueOf(`${name} of ${TERM_NAMES[id]}’s τ`, {
    read: ({ terms }) => terms[id].tau[part].toFixed(1),
    restore: (config, from) => take(id, [part], config, from),
    counts: (config) => draws(id, config) && config.terms[id].tau.distribution === distribution,
  });

const settingsOf = (id: TauTermId): Record<Part, Setting> => {
  const name = TERM_NAMES[id];
  return {
    range: valueOf(`τ of ${name}`, {
      read: ({ terms }) => rangeInWords(terms[id].tau),
      restore: (config, from) => take(id, ['lo', 'hi'], config, from),
      counts: (config) => draws(id, config),
    }),
    aboveT: {
      name: `τ of ${name} above t`,
      read: ({ terms }) => onOff(terms[id].tau.aboveT),
      restore: (config, from) => take(id, ['aboveT'], config, from),
      // A student of one step stands at t = 0: every level is above it.
      counts: (config) => draws(id, config) && config.student.steps > 1,
      tell: ({ terms }) =>
        terms[id].tau.aboveT ? `τ of ${name} only above t` : `τ of ${name} below t as well`,
    },
    distribution: valueOf(`τ of ${name}`, {
      read: ({ terms }) => DISTRIBUTION_NAMES[terms[id].tau.distribution],
      restore: (config, from) => take(id, ['distribution'], config, from),
      counts: (config) => draws(id, config),
    }),
    shift: knob(id, 'shift', 'shift', 'shifted'),
    logitMean: knob(id, 'logitMean', 'mean', 'logitNormal'),
    logitStd: knob(id, 'logitStd', 'spread', 'logitNormal'),
  };
};

/** At which noise levels the terms look. */
export const TAU_SETTINGS = {
  'dm.sharedTau': {
    name: 'DM’s share of CA’s τ',
    read: ({ terms }) => onOff(terms.dm.sharedTau),
    restore: (config, { terms }) => withTerm(config, 'dm', { sharedTau: terms.dm.sharedTau }),
    counts: ({ terms }) => terms.ca.enabled && terms.dm.enabled,
    tell: ({ terms }) => (terms.dm.sharedTau ? 'DM shares CA’s τ' : 'DM draws a τ of its own'),
  } satisfies Setting,
  ...(Object.fromEntries(
    TAU_TERMS.flatMap((id) =>
      Object.entries(settingsOf(id)).map(([part, setting]) => [`${id}.${part}`, setting]),
    ),
  ) as Record<`${TauTermId}.${Part}`, Setting>),
};
