import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** How a command line program of this project ended, and all that it wrote. */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** What starts a program of src/cli: Node's arguments and options. */
export const programOf = (rootDir: string, entry: string, given: readonly string[]) => ({
  args: ['scripts/run.mjs', `src/cli/${entry}.ts`, ...given],
  options: {
    cwd: rootDir,
    env: {
      ...process.env,
      // Measured once for all tests, and not in the home of whoever runs them.
      XDG_CACHE_HOME: join(rootDir, 'test-results/cache'),
      // Mesa's compiled kernels stay where the tests' own process keeps them.
      MESA_SHADER_CACHE_DIR: join(homedir(), '.cache'),
    },
  },
});

/** Runs a program of src/cli to its end. */
export const runProgram = (
  rootDir: string,
  entry: string,
  ...given: readonly string[]
): Promise<Ended> =>
  new Promise((resolve) => {
    const { args, options } = programOf(rootDir, entry, given);
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
    });
  });
