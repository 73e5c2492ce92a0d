import { studentTimes } from '../../distill/schedule';
import type { TauTermId, TermId } from '../../distill/config';
import type { ArmConfig } from '../../lab/config';
import { emptySteps } from './stepRanges';
import { TERM_IDS, TERM_NAMES } from './terms';

/** The controls that may have something to explain. */
export type Place =
  | 'terms'
  | 'student'
  | 'critic'
  | 'discriminator'
  | 'normalise'
  | 'sharedTau'
  | `${TauTermId}.range`
  | `${TauTermId}.aboveT`;

const moves = ({ terms, guidanceScale }: ArmConfig, id: TermId): boolean =>
  terms[id].enabled && terms[id].weight > 0 && !(id === 'ca' && guidanceScale === 1);

/** Why nothing moves the student, or why what moves it is a contradiction. */
const ofTerms = (config: ArmConfig): string | null => {
  const { terms } = config;
  const on = TERM_IDS.filter((id) => terms[id].enabled);
  if (on.length === 0) return 'All terms are off: nothing moves this student now.';
  const moving = on.filter((id) => moves(config, id));
  if (moving.length === 0) {
    return 'Every term that is on is zero (a weight of 0, or α = 1): nothing moves this student now.';
  }
  if (moving.length === 1 && moving[0] === 'meanVariance') {
    return 'Mean-variance alone knows nothing of what a picture shows: there is nothing to learn from it.';
  }
  return null;
};

const ofCritic = ({ terms, critic }: ArmConfig): string | null => {
  if (!terms.dm.enabled && !critic.observer) return null;
  if (critic.updates === 0) {
    return terms.dm.enabled
      ? 'DM needs a critic that follows the student. Without updates it stays as it is, and where it never learned, DM corrects towards nothing new.'
      : 'An observer without updates sees nothing new.';
  }
  if (critic.learningRate === 0) return 'With a learning rate of 0 the critic cannot learn.';
  return null;
};

const ofDiscriminator = ({ terms, discriminator }: ArmConfig): string | null => {
  if (!terms.gan.enabled) return null;
  if (discriminator.updates === 0 || discriminator.learningRate === 0) {
    return 'A discriminator that does not learn cannot tell pictures apart: what GAN says means nothing.';
  }
  return null;
};

const ofNormaliser = ({ terms, normalise }: ArmConfig): string | null =>
  normalise && !terms.ca.enabled && !terms.dm.enabled
    ? 'Neither CA nor DM is on: there is nothing to divide.'
    : null;

const ofSharing = ({ terms: { ca, dm } }: ArmConfig): string | null =>
  dm.enabled && dm.sharedTau && !ca.enabled
    ? 'CA is off, so there is nothing to share: DM draws from its own range.'
    : null;

const ofRange = ({ terms }: ArmConfig, id: TauTermId): string | null => {
  const { lo, hi } = terms[id].tau;
  if (lo < hi) return null;
  return `Both ends are at ${hi.toFixed(2)}: every level that ${TERM_NAMES[id]} looks at is that one.`;
};

const ofAboveT = ({ terms, student }: ArmConfig, id: TauTermId): string | null => {
  const { tau } = terms[id];
  if (!tau.aboveT) return null;
  if (student.steps === 1) {
    return 'With one step t is 0, and all levels lie above it: this changes nothing.';
  }
  const empty = emptySteps(tau, studentTimes(student.steps));
  if (empty.length === 0) return null;
  const which = empty.length === 1 ? `Step ${empty[0] ?? ''} begins` : `Steps ${list(empty)} begin`;
  return `${which} at or above ${tau.hi.toFixed(2)}, where the range ends: there τ is always ${tau.hi.toFixed(2)}.`;
};

const list = (numbers: readonly number[]): string =>
  `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1) ?? ''}`;

const ofStudent = ({ student }: ArmConfig): string | null =>
  student.learningRate === 0 ? 'With a learning rate of 0 this student stays as it is.' : null;

/** What a control has to explain in this configuration, in words; null where all is well. */
export const troubleAt = (place: Place, config: ArmConfig): string | null => {
  switch (place) {
    case 'terms':
      return ofTerms(config);
    case 'student':
      return ofStudent(config);
    case 'critic':
      return ofCritic(config);
    case 'discriminator':
      return ofDiscriminator(config);
    case 'normalise':
      return ofNormaliser(config);
    case 'sharedTau':
      return ofSharing(config);
    case 'ca.range':
    case 'dm.range':
    case 'gan.range':
      return ofRange(config, termOf(place));
    case 'ca.aboveT':
    case 'dm.aboveT':
    case 'gan.aboveT':
      return ofAboveT(config, termOf(place));
  }
};

const termOf = (place: `${TauTermId}.${string}`): TauTermId =>
  place.startsWith('ca') ? 'ca' : place.startsWith('dm') ? 'dm' : 'gan';
