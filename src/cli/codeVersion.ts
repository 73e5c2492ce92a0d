import { execFileSync } from 'node:child_process';
import { CODE_VERSION } from '../lab/version';

const git = (...args: readonly string[]): string =>
  execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

/** The program's version, with its commit where there is a repository; `+` marks changed sources. */
export const codeVersion = (): string => {
  try {
    const changed = git('status', '--porcelain', '--', 'src', 'shaders') === '' ? '' : '+';
    return `${CODE_VERSION} (${git('rev-parse', '--short', 'HEAD')}${changed})`;
  } catch {
    return CODE_VERSION;
  }
};
