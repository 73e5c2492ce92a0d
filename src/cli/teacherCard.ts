import { ditLayout } from '../models/dit/parameters';
import { tokenCount, type DitConfig } from '../models/dit/config';
import type { TeacherFigures } from '../training/figures';
import type { TeacherRecipe } from '../training/recipe';
import { WEIGHTS_LICENCE } from '../lab/licence';
import type { ImageTask } from '../tasks/task';
import { teacherCommand } from './teacherOptions';

/** What a card tells. */
export interface TeacherCard {
  readonly id: string;
  readonly task: ImageTask;
  readonly network: DitConfig;
  readonly recipe: TeacherRecipe;
  readonly figures: TeacherFigures | null;
  readonly adapter: string;
  readonly codeVersion: string;
}

const share = (value: number): string => value.toFixed(3).replace(/^0/, '');

/** Figures as lines of a table, ready for the terminal and for Markdown. */
export const figuresTable = ({ settings }: TeacherFigures): string =>
  [
    '| Euler steps | guidance | accuracy | all right | FD | variance |',
    '|---|---|---|---|---|---|',
    ...settings.map(
      ({ eulerSteps, guidance, meanAccuracy, allRight, frechet, variance }) =>
        `| ${eulerSteps} | ${guidance} | ${share(meanAccuracy)} | ${share(allRight)} | ${frechet.toPrecision(3)} | ${share(variance)} |`,
    ),
  ].join('\n');

const figuresSection = (figures: TeacherFigures | null): string => {
  if (!figures) return 'Not measured.';
  const { by, real } = figures;
  return `${by.samples} images a setting for prompts with all attributes given, seed ${by.seed}, judged by the task's attribute classifier. "Accuracy" is the mean over attributes, "all right" the share of images with every attribute right, "FD" the Fréchet distance of classifier features to as many held-out real images (lower is nearer), "variance" the mean variance within an image. On the real images themselves: accuracy ${share(real.meanAccuracy)}, all right ${share(real.allRight)}, variance ${share(real.variance)}.

${figuresTable(figures)}`;
};

const creditLines = ({ credits }: ImageTask): string =>
  credits
    .map(
      ({ title, author, licence, url }) => `- Images: [${title}](${url}) by ${author}, ${licence}.`,
    )
    .join('\n');

/** The card that lies beside a teacher's file. */
export const teacherCard = ({
  id,
  task,
  network,
  recipe,
  figures,
  adapter,
  codeVersion,
}: TeacherCard): string => {
  const { width, depth, heads, patch, attributes } = network;
  const { size } = task;
  const known = task.prompts.attributes
    .map(({ name, title }) => `${title.toLowerCase()} ${attributes[name] ?? 0}`)
    .join(', ');
  const { dropout, time } = recipe;
  const count = (value: number): string => value.toLocaleString('en-GB');
  return `# Teacher "${id}"

\`${id}.safetensors\`: a small text-to-image model of the task "${task.title}". ${task.summary} Input: a noisy image, a time (0 noise, 1 clean) and a prompt, each of whose attributes may be left open. Output: the velocity of the flow.

| | |
|---|---|
| Network | DiT on ${patch}x${patch} patches of ${size}x${size} images (${tokenCount(network)} tokens), width ${width}, ${depth} blocks, ${heads} heads, MLP ratio 4, adaLN-zero; ${count(ditLayout(network).count)} parameters, float32 |
| Prompt | ${known}; "any" for each |
| Use | Sampling by Euler steps of the velocity; guidance v = uncond + w (cond - uncond), uncond = every attribute "any" |

## Data

${count(recipe.images)} images of the task, each with all attributes given. ${task.difficulty}

## Licence

${creditLines(task)}
- These weights: ${WEIGHTS_LICENCE}, as this project.

## Recipe

\`\`\`
${teacherCommand(recipe)}
\`\`\`

Flow matching: x_t = t x + (1 - t) eps, mean squared error against x - eps, t logit-normal (${time.mean}, ${time.std}). ${count(recipe.steps)} steps of batch ${recipe.batch}, Adam ${recipe.learningRate} (betas 0.9 and 0.99) with ${recipe.warmUp} steps of warm-up and cosine decay, gradients clipped to norm ${recipe.gradientClip}, EMA ${recipe.emaDecay} (these are the averaged weights). Prompts dropped wholly with ${Math.round(100 * dropout.whole)} % and by attribute at random. ${recipe.from === null ? 'Weights drawn from the seed' : `Begun with the weights of the teacher with SHA-256 \`${recipe.from}\``}. The command gives the same bytes again on the same adapter; this file was made on ${adapter} by version ${codeVersion}.

## Figures

${figuresSection(figures)}
`;
};
