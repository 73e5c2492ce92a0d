import { classifierLayout } from '../models/classifier';
import type { PromptAccuracy } from '../metrics/promptAccuracy';
import { ATTRIBUTES } from '../tasks/avatars/attributes';
import { CLASSIFIER_CONFIG, JUDGED } from '../tasks/avatars/classifier';
import { AUGMENTATION } from '../tasks/avatars/classifierAugmentation';
import { classifierCommand, type ClassifierOptions } from './classifierOptions';

/** Accuracy on held-out avatars: as they are, and with noise added. */
export interface HeldOutAccuracy {
  readonly clean: PromptAccuracy;
  readonly noisy: PromptAccuracy;
  /** Standard deviation of that noise. */
  readonly noise: number;
}

const percent = (share: number | undefined): string =>
  share === undefined ? '-' : `${(100 * share).toFixed(1)} %`;

/** Accuracy by attribute as lines of a table, ready for the terminal and for Markdown. */
export const accuracyTable = ({ clean, noisy, noise }: HeldOutAccuracy): string =>
  [
    `| attribute | classes | accuracy | with noise of ${noise} |`,
    '|---|---|---|---|',
    ...JUDGED.map(({ attribute, classes }, index) => {
      const [plain, spoilt] = [clean.accuracy[attribute], noisy.accuracy[attribute]].map(percent);
      const title = ATTRIBUTES[index]?.title ?? attribute;
      return `| ${title} | ${classes} | ${plain ?? '-'} | ${spoilt ?? '-'} |`;
    }),
    `| mean | | ${percent(clean.meanAccuracy)} | ${percent(noisy.meanAccuracy)} |`,
    `| all scored ones right | | ${percent(clean.allRight)} | ${percent(noisy.allRight)} |`,
  ].join('\n');

/** The card that lies beside the classifier's file. */
export const classifierCard = (
  options: ClassifierOptions,
  accuracy: HeldOutAccuracy,
  adapter: string,
): string => {
  const { recipe, heldOut } = options;
  const { values, hidden, features } = CLASSIFIER_CONFIG;
  return `# Classifier "avatars"

\`avatars.safetensors\`: reads the eight attributes of a 16x16 avatar. It is the judge of the metrics: prompt accuracy is what it reads, Fréchet distance and coverage compare its ${features} features.

| | |
|---|---|
| Network | MLP on pixels, ${values} - ${hidden} - ${features} - classes, GELU, LayerNorm after the first layer; ${classifierLayout(CLASSIFIER_CONFIG).count.toLocaleString('en-GB')} parameters, float32 |
| Input | (3, 16, 16), RGB in [-1, 1] |
| Output | logits of all attributes side by side, in the order of the table below |

## What counts as one

- Hair colours brown, mahogany, chestnut and auburn are one class: they differ in green alone, by 10 to 30 of 255, and a classifier that kept them apart took 7 to 12 % of them for one another even on clean, bare-headed avatars.
- Hair colour is scored only where the prompt gives hair and no hat, hair length only where it gives no hat: a hat may cover short hair wholly, and a bald head has no colour.

## Data

${recipe.avatars.toLocaleString('en-GB')} avatars of \`src/tasks/avatars/generator.ts\` (DiceBear "Pixel Art" 9.4), distributed as the teacher's data. Spoilt a little in training, each by its own amounts: Gaussian noise up to ${AUGMENTATION.noise}, blur up to ${AUGMENTATION.blur} of a 3x3 binomial, contrast within ${AUGMENTATION.contrast}, brightness within ${AUGMENTATION.brightness}.

## Licence

- Art: [Pixel Art](https://www.figma.com/community/file/1198754108850888330) by DiceBear, CC0 1.0.
- Code that draws it: DiceBear, MIT.
- These weights: MIT, as this project.

## Recipe

\`\`\`
${classifierCommand(options)}
\`\`\`

Adam ${recipe.learningRate}, betas 0.9 and 0.99, 100 steps of warm-up, cosine decay to zero; sum of the attributes' cross-entropies. The command gives the same bytes again on the same adapter; this file was made on ${adapter}.

## Figures

Accuracy on ${heldOut.toLocaleString('en-GB')} avatars that it was not trained on, as the command printed it.

${accuracyTable(accuracy)}
`;
};
