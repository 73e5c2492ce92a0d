import type { CompileProgress, Engine } from '../graph/engine';
import { imagePool } from '../tasks/imagePool';
import { initialWeights } from './initialWeights';
import { networkOf, type TeacherRecipe } from './recipe';
import type { ImageTask } from '../tasks/task';
import { TeacherTrainer } from './teacherTrainer';

/** Steps before the clock starts, and the least that are timed. */
const WARM_UP = 2;
const LEAST = 3;
/** Timed steps end after so many milliseconds. */
const BUDGET = 1500;

/** Seconds that a step of a recipe takes on this adapter, by a few that change nothing. */
export const measureStepTime = async (
  engine: Engine,
  task: ImageTask,
  recipe: TeacherRecipe,
  onProgress?: CompileProgress,
): Promise<number> => {
  const network = networkOf(recipe, task);
  const blank = {
    images: new Float32Array(3 * task.size ** 2),
    prompts: [task.prompts.nullPrompt],
  };
  const trainer = await TeacherTrainer.create(
    engine,
    network,
    recipe,
    imagePool(blank, task.prompts, recipe.dropout),
    initialWeights(network, recipe.seed),
    onProgress,
  );
  const flying: Promise<unknown>[] = [];
  const submit = (): void => {
    const step = trainer.advance();
    // It is heard when its turn comes, or not at all where an earlier one failed.
    step.catch(() => undefined);
    flying.push(step);
  };
  try {
    while (trainer.step < WARM_UP) await trainer.advance();
    const begin = performance.now();
    let timed = 1;
    submit();
    for (; timed < LEAST || performance.now() - begin < BUDGET; timed++) {
      // As in training, the next step is submitted before the last has ended.
      submit();
      await flying.shift();
    }
    await flying.shift();
    return (performance.now() - begin) / 1000 / timed;
  } finally {
    // A step that is under way still works in the trainer's memory.
    await Promise.allSettled(flying);
    trainer.destroy();
  }
};
