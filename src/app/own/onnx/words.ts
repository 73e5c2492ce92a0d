import type { Prediction } from '../../../flow/convention';
import type { ConditionKind, TimeKind } from './describe';

/** What choices about a network are called. */

export const GUESSED = 'The file does not say: this is a guess.';

export const PREDICTION_NAMES: readonly (readonly [Prediction, string])[] = [
  ['velocity', 'Velocity: clean − noise'],
  ['reversedVelocity', 'Reversed velocity: noise − clean'],
  ['noise', 'The noise'],
  ['clean', 'The clean picture'],
];

export const TIME_NAMES: readonly (readonly [TimeKind, string])[] = [
  ['linear', 'A straight line from noise to clean'],
  ['variancePreserving', 'Steps that keep the variance (DDPM)'],
  ['sigma', 'The size of the noise (sigma)'],
];

export const CONDITION_NAMES: readonly (readonly [ConditionKind, string])[] = [
  ['ids', 'Numbers of values'],
  ['oneHot', 'Ones and zeros, a place for each value'],
  ['vectors', 'A vector for each value'],
];
