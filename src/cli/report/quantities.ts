/** A quantity that the report plots over iterations. */
export interface Quantity {
  /** Name in a summary. */
  readonly metric: string;
  readonly title: string;
  readonly about: string;
  readonly range?: readonly [number, number];
}

/** Measured on the evaluation's images, every few iterations. */
export const MEASURED: readonly Quantity[] = [
  {
    metric: 'meanAccuracy',
    title: 'Prompt accuracy',
    about: 'Mean share of attributes drawn as asked; higher is better.',
  },
  {
    metric: 'allRight',
    title: 'All attributes right',
    about: 'Share of images with every attribute as asked; higher is better.',
    range: [0, 0.1],
  },
  {
    metric: 'frechetReal',
    title: 'Fréchet distance to real faces',
    about:
      'In the classifier’s features; lower is nearer. Guidance itself moves away from the data.',
  },
  {
    metric: 'frechetGuided',
    title: 'Fréchet distance to the guided teacher',
    about: 'In the classifier’s features; lower is nearer.',
  },
  {
    metric: 'coverage',
    title: 'Coverage',
    about: 'Share of real faces with a sample nearby; higher is more diverse.',
  },
  {
    metric: 'density',
    title: 'Density',
    about: 'Samples within the neighbourhoods of real faces; higher is more faithful.',
  },
  {
    metric: 'saturation',
    title: 'Saturation',
    about: 'Share of values beyond [-1, 1], which a screen clips; lower is better.',
    range: [0, 0.1],
  },
  {
    metric: 'variance',
    title: 'Variance of evaluation images',
    about: 'Mean variance within an image.',
  },
];

/** Of the training batch, every iteration; averaged over a few for the plot. */
export const TRAINED: readonly Quantity[] = [
  {
    metric: 'imageVariance',
    title: 'Variance of training images',
    about: 'Mean variance within an image of the batch.',
  },
  { metric: 'imageMean', title: 'Mean of training images', about: 'Of all values of the batch.' },
  { metric: 'caNorm', title: 'Norm of the CA update', about: 'Root mean square; the spear.' },
  { metric: 'dmNorm', title: 'Norm of the DM update', about: 'Root mean square; the shield.' },
  {
    metric: 'meanVarianceNorm',
    title: 'Norm of the mean-variance update',
    about: 'Root mean square.',
  },
  { metric: 'ganNorm', title: 'Norm of the GAN update', about: 'Root mean square.' },
  {
    metric: 'updateCosine',
    title: 'Cosine between CA and DM',
    about: '1: the same way, -1: against each other.',
  },
  {
    metric: 'criticLoss',
    title: 'Critic loss',
    about: 'Flow-matching loss on the student’s images.',
  },
  {
    metric: 'discriminatorLoss',
    title: 'Discriminator loss',
    about: 'Non-saturating GAN loss.',
  },
  {
    metric: 'discriminatorAccuracy',
    title: 'Discriminator accuracy',
    about: 'Share of images told apart; 0.5 is chance.',
    range: [0.4, 1],
  },
];

/** Columns of the table of final figures. */
export const FINAL: readonly { readonly metric: string; readonly title: string }[] = [
  { metric: 'meanAccuracy', title: 'prompt accuracy' },
  { metric: 'allRight', title: 'all right' },
  { metric: 'frechetReal', title: 'FD to real faces' },
  { metric: 'frechetGuided', title: 'FD to guided teacher' },
  { metric: 'coverage', title: 'coverage' },
  { metric: 'density', title: 'density' },
  { metric: 'variance', title: 'variance' },
  { metric: 'saturation', title: 'saturation' },
];
