import { avatarImages } from '../../src/tasks/avatars/generator';
import { avatarTask } from '../../src/tasks/avatars/task';
import type { OpenTask } from '../../src/tasks/task';

/** The avatars, ready to draw. */
export const avatars: OpenTask = { ...avatarTask, images: avatarImages };
