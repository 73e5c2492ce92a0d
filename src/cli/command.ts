import { ConfigError } from '../distill/config';
import { GpuError } from '../gpu/errors';
import { DivergedError } from '../lab/session';
import { TeacherError } from '../lab/teacher';
import { UsageError } from './arguments';

/** Errors that are for the person at the keyboard, not for a debugger. */
const speaksForItself = (error: unknown): error is Error =>
  error instanceof UsageError ||
  error instanceof ConfigError ||
  error instanceof TeacherError ||
  error instanceof DivergedError ||
  // What the file system refuses: a missing file, a full disk, a folder without permission.
  (error instanceof Error && 'syscall' in error);

/** Runs a command and returns the exit code: 1, after a message, for what a person can mend. */
export const runCommand = async (work: () => Promise<void>): Promise<number> => {
  try {
    await work();
    return 0;
  } catch (error) {
    if (error instanceof GpuError) console.error(`${error.message} ${error.advice}`);
    else if (speaksForItself(error)) console.error(error.message);
    else throw error;
    return 1;
  }
};
