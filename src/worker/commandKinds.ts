import type { Command } from './protocol/commands';

/** Commands for which a run must hear at once that it is to pause; what follows waits its turn. */
export const HOLDING: readonly Command['type'][] = ['start', 'restore', 'pause', 'step', 'stop'];

/** Commands that may be refused and leave the run as it was. */
export const REFUSABLE: readonly Command['type'][] = [
  ...([
    'addArm',
    'removeArm',
    'configureArm',
    'renameArm',
    'sample',
    'inspect',
    'record',
    'vote',
  ] as const),
  ...(['list', 'forget', 'export', 'try', 'weights', 'examine'] as const),
];

/** The arm that a command is about. */
export const armOf = (command: Command | null): string | null => {
  if (command === null || !('arm' in command)) return null;
  return typeof command.arm === 'string' ? command.arm : command.arm.id;
};
