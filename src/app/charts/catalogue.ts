import type { TermId } from '../../distill/config';
import type { Figure, TrainingFigure } from '../lab/curves';
import type { AxisKind } from './axis';

/** One chart: what it shows, and how it is read. */
export interface ChartEntry {
  /** By which it is hidden and found again. */
  readonly id: string;
  readonly title: string;
  /** One sentence on how to read it. */
  readonly reading: string;
  readonly axis: AxisKind;
  /** What the vertical axis shows at least, so that noise is not blown up into a story. */
  readonly least: number;
  /** The term that it is about: shown only while some arm has it. */
  readonly needs?: TermId;
}

/** A chart of one figure, a curve for each arm. */
export interface ArmsChart extends ChartEntry {
  readonly figure: Figure;
  /** Whether it is a figure of training or a measurement, which comes more rarely. */
  readonly from: 'training' | 'measured';
  /** It needs the task's classifier. */
  readonly judged?: true;
  /** Shown only where arms are compared: of one arm another chart shows it already. */
  readonly compares?: true;
}

/** The charts that compare arms, the most telling first. */
export const ARMS_CHARTS: readonly ArmsChart[] = [
  {
    id: 'imageVariance',
    title: 'Variance of the pictures',
    reading:
      'Near the dotted line the pictures are as contrasty as the guided teacher’s; a climb without end is over-saturation.',
    figure: 'imageVariance',
    from: 'training',
    axis: 'fromZero',
    least: 0.1,
  },
  {
    id: 'meanAccuracy',
    title: 'Prompt accuracy',
    reading: 'Share of prompted attributes that a classifier finds in the pictures; 1 is all.',
    figure: 'meanAccuracy',
    from: 'measured',
    judged: true,
    axis: 'fromZero',
    least: 1,
  },
  {
    id: 'allRight',
    title: 'All attributes right',
    reading: 'Share of pictures in which nothing that the prompt asks for is wrong; 1 is all.',
    figure: 'allRight',
    from: 'measured',
    judged: true,
    axis: 'fromZero',
    least: 1,
  },
  {
    id: 'frechetGuided',
    title: 'Distance to the guided teacher',
    reading:
      'Fréchet distance of classifier features to the guided teacher’s pictures; lower is closer.',
    figure: 'frechetGuided',
    from: 'measured',
    judged: true,
    axis: 'fromZero',
    least: 10,
  },
  {
    id: 'frechetReal',
    title: 'Distance to real pictures',
    reading:
      'The same distance to the data; guidance itself moves away from it, so the lowest need not be the best.',
    figure: 'frechetReal',
    from: 'measured',
    judged: true,
    axis: 'fromZero',
    least: 10,
  },
  {
    id: 'saturation',
    title: 'Saturation',
    reading: 'Share of values beyond black and white, which a screen cuts off.',
    figure: 'saturation',
    from: 'measured',
    axis: 'fromZero',
    least: 0.1,
  },
  {
    id: 'coverage',
    title: 'Coverage',
    reading:
      'Share of real pictures with a student’s picture among their nearest; it falls when pictures grow alike.',
    figure: 'coverage',
    from: 'measured',
    judged: true,
    axis: 'fromZero',
    least: 1,
  },
  {
    id: 'density',
    title: 'Density',
    reading:
      'How deep among the real pictures a student’s lie, 1 as deep as those; read it with coverage.',
    figure: 'density',
    from: 'measured',
    judged: true,
    axis: 'fromZero',
    least: 1,
  },
  {
    id: 'caNorm',
    title: 'Size of CA',
    reading: 'How far the spear moves a pixel in each arm, root mean square.',
    figure: 'caNorm',
    from: 'training',
    axis: 'fromZero',
    least: 0.1,
    needs: 'ca',
    compares: true,
  },
  {
    id: 'dmNorm',
    title: 'Size of DM',
    reading:
      'How far the shield moves a pixel in each arm, root mean square; it grows as a student strays.',
    figure: 'dmNorm',
    from: 'training',
    axis: 'fromZero',
    least: 0.1,
    needs: 'dm',
    compares: true,
  },
  {
    id: 'updateCosine',
    title: 'CA against DM',
    reading: 'Cosine between the two updates: below 0 the shield pulls back what the spear pushes.',
    figure: 'updateCosine',
    from: 'training',
    axis: 'aroundZero',
    least: 1,
  },
  {
    id: 'imageMean',
    title: 'Mean of the pictures',
    reading:
      'Their average brightness, from −1 (black) to 1 (white); a drift means that whole pictures change tone.',
    figure: 'imageMean',
    from: 'training',
    axis: 'aroundZero',
    least: 0.2,
  },
  {
    id: 'criticLoss',
    title: 'Loss of the critic',
    reading:
      'How well the critic knows what the student draws; when it rises, the student is running ahead of it.',
    figure: 'criticLoss',
    from: 'training',
    axis: 'fromZero',
    least: 0.1,
  },
  {
    id: 'discriminatorLoss',
    title: 'Loss of the discriminator',
    reading:
      'How badly it tells real pictures from drawn ones: near 0 with ease, near 1.39 no better than by chance.',
    figure: 'discriminatorLoss',
    from: 'training',
    axis: 'fromZero',
    least: 0.1,
    needs: 'gan',
  },
  {
    id: 'discriminatorAccuracy',
    title: 'Accuracy of the discriminator',
    reading:
      'Share of pictures that it tells rightly as real or drawn; at 0.5 it can no longer tell.',
    figure: 'discriminatorAccuracy',
    from: 'training',
    axis: 'fromZero',
    least: 1,
    needs: 'gan',
  },
];

/** The chart of the selected arm's updates, a curve for each term. */
export const UPDATES_CHART: ChartEntry = {
  id: 'updates',
  title: 'Size of the updates',
  reading: 'How far each term moves a pixel, root mean square; a term that is off has no curve.',
  axis: 'fromZero',
  least: 0.1,
};

/** The chart of the pictures' detail, over frequency. */
export const SPECTRUM_CHART: ChartEntry = {
  id: 'spectrum',
  title: 'Spectrum of the pictures',
  reading:
    'Energy by spatial frequency at the last measurement, broad areas left, single pixels right; near the dotted lines the detail is as in the real pictures and the guided teacher’s.',
  axis: 'fromZero',
  least: 0.01,
};

/** The figure that tells the size of each term's update. */
export const UPDATE_FIGURES: Readonly<Record<TermId, TrainingFigure>> = {
  ca: 'caNorm',
  dm: 'dmNorm',
  meanVariance: 'meanVarianceNorm',
  gan: 'ganNorm',
};
