import { create } from 'zustand';
import { parseConfig } from '../../distill/config';
import type { DistillConfig, DistillConfigInput, TauRange, TermId } from '../../distill/config';

/** What a visitor has set: it outlives pauses, resets and failures. */
export interface SettingsState {
  readonly config: DistillConfig;
  /** Replaces the configuration by what `change` makes of it. */
  readonly change: (change: (config: DistillConfig) => DistillConfig) => void;
}

export const useSettings = create<SettingsState>()((set) => ({
  config: parseConfig({}),
  change: (change) => {
    set(({ config }) => ({ config: change(config) }));
  },
}));

/** `config` with parts of one term replaced. */
export const withTerm = (
  config: DistillConfig,
  id: TermId,
  part: Partial<DistillConfig['terms'][TermId]>,
): DistillConfig => ({
  ...config,
  terms: { ...config.terms, [id]: { ...config.terms[id], ...part } },
});

/** `config` with parts of one term's range of noise levels replaced. */
export const withTau = (
  config: DistillConfig,
  id: TermId,
  part: Partial<TauRange>,
): DistillConfig => withTerm(config, id, { tau: { ...config.terms[id].tau, ...part } });

/** `config` with parts of the student replaced. */
export const withStudent = (
  config: DistillConfig,
  part: Partial<DistillConfig['student']>,
): DistillConfig => ({ ...config, student: { ...config.student, ...part } });

/** `config` with parts of the critic replaced. */
export const withCritic = (
  config: DistillConfig,
  part: Partial<DistillConfig['critic']>,
): DistillConfig => ({ ...config, critic: { ...config.critic, ...part } });

/**
 * The part of `wanted` that a run begun with `running` can take over while it trains: all but the
 * student's steps, the batch and the seed, which need new networks or a new plan.
 */
export const liveConfig = (wanted: DistillConfig, running: DistillConfig): DistillConfigInput => ({
  ...wanted,
  seed: running.seed,
  batch: running.batch,
  student: { ...wanted.student, steps: running.student.steps },
});

/** The terms that move the student, in words: "CA + DM", "CA only", "DM only", "neither term". */
export const termsInWords = ({ terms }: Pick<DistillConfig, 'terms'>): string => {
  if (terms.ca.enabled && terms.dm.enabled) return 'CA + DM';
  if (terms.ca.enabled) return 'CA only';
  return terms.dm.enabled ? 'DM only' : 'neither term';
};
