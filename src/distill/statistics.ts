import { permute, reshape } from '../graph/ops/views';
import { tensorSize, type Tensor } from '../graph/tensor';
import type { StatisticsOver } from '../models/backbone';

/**
 * Samples (B, ...) so that each first-axis entry holds the values of one mean and one variance: the
 * samples themselves, or (n, B), a row for each of a sample's n values over the batch.
 */
export const groupForStatistics = (samples: Tensor, over: StatisticsOver): Tensor => {
  if (over === 'values') return samples;
  const [batch = 1] = samples.shape;
  return permute(reshape(samples, [batch, tensorSize(samples) / batch]), [1, 0]);
};

/** The inverse of `groupForStatistics`, to samples of `like`'s shape. */
export const ungroup = (groups: Tensor, like: Tensor, over: StatisticsOver): Tensor =>
  over === 'values' ? groups : reshape(permute(groups, [1, 0]), like.shape);
