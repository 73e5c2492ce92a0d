import { classifierLayout } from '../models/classifier';
import type { PromptAccuracy } from '../metrics/promptAccuracy';
import { classifierConfigOf } from '../tasks/classifierFile';
import type { ImageTask } from '../tasks/task';
import { AUGMENTATION } from '../training/classifier/augmentation';
import { classifierCommand, type ClassifierOptions } from './classifierOptions';

/** Accuracy on held-out images: as they are, and with noise added. */
export interface HeldOutAccuracy {
  readonly clean: PromptAccuracy;
  readonly noisy: PromptAccuracy;
  /** Standard deviation of that noise. */
  readonly noise: number;
}

const percent = (share: number | undefined): string =>
  share === undefined ? '-' : `${(100 * share).toFixed(1)} %`;

/** Accuracy by attribute as lines of a table, ready for the terminal and for Markdown. */
export const accuracyTable = (
  { judged, prompts }: ImageTask,
  { clean, noisy, noise }: HeldOutAccuracy,
): string =>
  [
    `| attribute | classes | accuracy | with noise of ${noise} |`,
    '|---|---|---|---|',
    ...judged.map(({ attribute, classes }) => {
      const [plain, spoilt] = [clean.accuracy[attribute], noisy.accuracy[attribute]].map(percent);
      const title = prompts.attributes[prompts.indexOf(attribute)]?.title ?? attribute;
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
  const { task, recipe, heldOut } = options;
  const config = classifierConfigOf(task);
  const { values, hidden, features } = config;
  const edge = `${task.size}x${task.size}`;
  return `# Classifier "${task.id}"

\`${task.id}.safetensors\`: reads the attributes of a picture of “${task.title}” (${edge}). It is the judge of the metrics: prompt accuracy is what it reads, Fréchet distance and coverage compare its ${features} features.

| | |
|---|---|
| Network | MLP on pixels, ${values} - ${hidden} - ${features} - classes, GELU, LayerNorm after the first layer; ${classifierLayout(config).count.toLocaleString('en-GB')} parameters, float32 |
| Input | (3, ${task.size}, ${task.size}), RGB in [-1, 1] |
| Output | logits of all attributes side by side, in the order of the table below |

## What counts as one

${task.judging.map((sentence) => `- ${sentence}`).join('\n')}

## Data

${recipe.images.toLocaleString('en-GB')} images. ${task.data} Spoilt a little in training, each by its own amounts: Gaussian noise up to ${AUGMENTATION.noise}, blur up to ${AUGMENTATION.blur} of a 3x3 binomial, contrast within ${AUGMENTATION.contrast}, brightness within ${AUGMENTATION.brightness}.

## Licence

${task.credits.map(({ title, author, licence, url }) => `- Pictures: [${title}](${url}) by ${author}, ${licence}.`).join('\n')}
- These weights: MIT, as this project.

## Recipe

\`\`\`
${classifierCommand(options)}
\`\`\`

Adam ${recipe.learningRate}, betas 0.9 and 0.99, 100 steps of warm-up, cosine decay to zero; sum of the attributes' cross-entropies. The command gives the same bytes again on the same adapter; this file was made on ${adapter}.

## Figures

Accuracy on ${heldOut.toLocaleString('en-GB')} images that it was not trained on, as the command printed it.

${accuracyTable(task, accuracy)}
`;
};
