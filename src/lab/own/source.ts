import { parseOwnDefinition, type OwnDefinition } from '../../tasks/own/definition';
import { OwnImages } from '../../tasks/own/images';
import { ownTask } from '../../tasks/own/task';
import { addTask } from '../../tasks/registry';
import type { ImageTask } from '../../tasks/task';
import { readOwnPictures } from './pictures';

/** A visitor's own task as the page hands it to a Worker. */
export interface OwnSource {
  readonly definition: OwnDefinition;
  /** Address of the file of its pictures; null where it has none, or where they are not needed. */
  readonly pictures: string | null;
}

/** Makes a visitor's own task known here, under its id. Throws OwnTaskError for one that is none. */
export const introduceOwnTask = ({ definition: given, pictures }: OwnSource): ImageTask => {
  const definition = parseOwnDefinition(given);
  const task: ImageTask =
    pictures === null
      ? ownTask(definition)
      : ownTask(definition, async (fetchAsset) => {
          const bytes = new Uint8Array(await fetchAsset(pictures));
          return new OwnImages(readOwnPictures(bytes, definition), task.prompts.nullPrompt);
        });
  addTask(task);
  return task;
};
