import { execFileSync, spawnSync } from 'node:child_process';

/** Debian's, which finds Debian's packages; PYTHON names another. */
const PYTHON = process.env['PYTHON'] ?? '/usr/bin/python3';

/** Whether Python can import a package; says on the terminal where not. */
export const pythonHas = (name: string): boolean => {
  const found = spawnSync(PYTHON, ['-c', `import ${name}`]).status === 0;
  if (!found) console.log(`Not run: Python has no ${name}.`);
  return found;
};

/** Runs a Python program. Throws with what it wrote to standard error. */
export const python = (program: string, args: readonly string[]): void => {
  execFileSync(PYTHON, ['-c', program, ...args], { stdio: 'pipe' });
};
