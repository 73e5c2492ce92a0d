import { parseRecipe, type TeacherRecipe } from '../training/recipe';
import { DEFAULT_TASK, TASKS } from '../tasks/registry';
import type { ImageTask } from '../tasks/task';
import { parseCommand, UsageError, wholeNumber } from './arguments';
import { taskNamed } from './taskNamed';

/** What figures are measured with. */
export interface FigureOptions {
  /** Images a setting; 0: nothing is measured. */
  readonly samples: number;
  /** File of the attribute classifier. */
  readonly classifier: string;
  readonly eulerSteps: readonly number[];
  readonly guidances: readonly number[];
}

/** What `npm run teacher -- TASK` was asked to do. */
export interface TrainOptions extends FigureOptions {
  readonly task: ImageTask;
  readonly recipe: TeacherRecipe;
  /** File of the teacher to begin with. */
  readonly from: string | null;
  /** Name of the files. */
  readonly id: string;
  readonly out: string;
  /** Seconds between two checkpoints. */
  readonly saveEvery: number;
}

export type TeacherCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'train'; readonly options: TrainOptions }
  | {
      readonly kind: 'measure';
      readonly options: FigureOptions & {
        readonly file: string;
        readonly task: ImageTask;
        readonly out: string;
      };
    }
  | { readonly kind: 'compare'; readonly ours: string; readonly theirs: string };

const defaults = parseRecipe({ task: 'any' });
const SAMPLES = 512;
const SAVE_EVERY = 180;
const EULER_STEPS = '25,50';
const GUIDANCES = '1,2,3,4,5,6';

export const TEACHER_USAGE = `Trains a teacher on the images of a task, and measures teachers.

  npm run teacher -- avatars --out runs/teacher
  npm run teacher -- measure FILE --out runs/measured
  npm run teacher -- compare OURS.figures.json THEIRS.figures.json

Tasks: ${TASKS.map(({ id }) => id).join(', ')}. The same command goes on from the last checkpoint.

  --steps N       steps of training (default ${defaults.steps})
  --batch N       images a step (default ${defaults.batch})
  --width N       width of the network (default ${defaults.width})
  --depth N       blocks (default ${defaults.depth})
  --heads N       heads of attention (default ${defaults.heads})
  --patch N       edge of a patch in pixels (default ${defaults.patch})
  --seed N        seed of everything drawn (default ${defaults.seed})
  --lr X          learning rate at its highest (default ${defaults.learningRate})
  --warm-up N     steps until then (default ${defaults.warmUp})
  --ema X         decay of the averaged weights (default ${defaults.emaDecay})
  --images N      images to learn from (default ${defaults.images})
  --from FILE     a teacher whose weights it begins with
  --out DIR       where everything goes (default runs/teacher-TASK)
  --id NAME       name of the teacher's files (default the task's)
  --save-every S  seconds between two checkpoints (default ${SAVE_EVERY})

Figures, measured after training and by measure:
  --samples N     images a setting (default ${SAMPLES}; 0: none)
  --euler LIST    Euler steps (default ${EULER_STEPS})
  --guidance LIST guidance scales (default ${GUIDANCES})
  --classifier FILE  the judge (default the task's in public)
  --task ID       of the teacher to measure, where its file does not say
  --help`;

const text = { type: 'string' } as const;
const OPTIONS = {
  steps: text,
  batch: text,
  width: text,
  depth: text,
  heads: text,
  patch: text,
  seed: text,
  lr: text,
  'warm-up': text,
  ema: text,
  images: text,
  from: text,
  out: text,
  id: text,
  task: text,
  classifier: text,
  samples: { ...text, default: String(SAMPLES) },
  euler: { ...text, default: EULER_STEPS },
  guidance: { ...text, default: GUIDANCES },
  'save-every': { ...text, default: String(SAVE_EVERY) },
  help: { type: 'boolean', default: false },
} as const;

/** Arguments of the recipe, by the name of its field. */
const RECIPE_ARGUMENTS = {
  steps: 'steps',
  batch: 'batch',
  width: 'width',
  depth: 'depth',
  heads: 'heads',
  patch: 'patch',
  seed: 'seed',
  learningRate: 'lr',
  warmUp: 'warm-up',
  emaDecay: 'ema',
  images: 'images',
} as const;

type Values = ReturnType<typeof parseCommand<typeof OPTIONS>>['values'];

const taskOf = (id: string): ImageTask => taskNamed([id], 'npm run teacher');

const number = (name: string, value: string): number => {
  const parsed = Number(value);
  if (value.trim() !== '' && Number.isFinite(parsed)) return parsed;
  throw new UsageError(`--${name} must be a number, got ${value}.`);
};

const numbers = (name: string, list: string, least: number): number[] => {
  const values = list.split(',').map((one) => number(name, one));
  if (values.every((value) => value >= least)) return values;
  throw new UsageError(`--${name} must be numbers from ${least}, like 1,3, got ${list}.`);
};

const recipeOf = (task: ImageTask, values: Values): TeacherRecipe =>
  parseRecipe({
    task: task.id,
    ...Object.fromEntries(
      Object.entries(RECIPE_ARGUMENTS).flatMap(([field, name]) => {
        const given = values[name];
        return given === undefined ? [] : [[field, number(name, given)]];
      }),
    ),
  });

const assetOf = ({ classifier, title }: ImageTask): string => {
  if (classifier !== null) return `public/${classifier}`;
  throw new UsageError(
    `“${title}” has no classifier; use --samples 0, or name one: --classifier FILE.`,
  );
};

const figuresOf = (task: ImageTask, values: Values): FigureOptions => {
  const samples = wholeNumber('samples', values.samples, 0, 1_000_000);
  if (samples === 1) throw new UsageError('--samples must be at least 2, or 0 for no figures.');
  const eulerSteps = numbers('euler', values.euler, 1);
  if (!eulerSteps.every(Number.isInteger)) {
    throw new UsageError(`--euler must be whole numbers, got ${values.euler}.`);
  }
  return {
    samples,
    classifier: values.classifier ?? assetOf(task),
    eulerSteps,
    guidances: numbers('guidance', values.guidance, 0),
  };
};

/** Reads the command line. Throws UsageError, and RecipeError for a recipe that cannot be used. */
export const parseTeacherCommand = (
  args: readonly string[],
  taskOfFile: (file: string) => string | undefined,
): TeacherCommand => {
  const { values, positionals } = parseCommand(args, OPTIONS);
  const [what, ...files] = positionals;
  if (values.help || what === undefined) return { kind: 'help' };
  const [first, second] = files;
  switch (what) {
    case 'measure': {
      if (first === undefined) throw new UsageError('measure takes the file of a teacher.');
      const task = taskOf(values.task ?? taskOfFile(first) ?? DEFAULT_TASK.id);
      const options = {
        ...figuresOf(task, values),
        file: first,
        task,
        out: values.out ?? 'runs/measured',
      };
      if (options.samples === 0) throw new UsageError('measure needs --samples of at least 2.');
      return { kind: 'measure', options };
    }
    case 'compare':
      if (first === undefined || second === undefined) {
        throw new UsageError('compare takes two files of figures: ours and theirs.');
      }
      return { kind: 'compare', ours: first, theirs: second };
    default: {
      const task = taskOf(what);
      return {
        kind: 'train',
        options: {
          ...figuresOf(task, values),
          task,
          recipe: recipeOf(task, values),
          from: values.from ?? null,
          id: values.id ?? task.id,
          out: values.out ?? `runs/teacher-${task.id}`,
          saveEvery: wholeNumber('save-every', values['save-every'], 0, 86_400),
        },
      };
    }
  }
};

/** The command line that repeats a training. */
export const teacherCommand = (recipe: TeacherRecipe): string => {
  const changed = Object.entries(RECIPE_ARGUMENTS).flatMap(([field, name]) => {
    const key = field as keyof typeof RECIPE_ARGUMENTS;
    return recipe[key] === defaults[key] ? [] : [`--${name} ${recipe[key]}`];
  });
  const from = recipe.from === null ? [] : ['--from FILE'];
  return ['npm run teacher --', recipe.task, ...changed, ...from].join(' ');
};
