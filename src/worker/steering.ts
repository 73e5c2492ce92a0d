import { parseArmConfig } from '../lab/config';
import type { Command } from './protocol/commands';
import type { LabRun } from './run';
import type { Voice } from './voice';

/** Carries out what is asked of a run; commands that are for no run do nothing. */
export const steer = async (run: LabRun, command: Command, voice: Voice): Promise<void> => {
  const { lab } = run;
  switch (command.type) {
    case 'pause':
      return run.idle();
    case 'resume':
      run.resume();
      return;
    case 'step':
      await run.idle();
      run.resume(1, command.solo ?? null);
      return;
    case 'addArm': {
      const { id, name, config } = command.arm;
      const spec = { id, name, config: parseArmConfig(config ?? {}) };
      await lab.addArm(spec, command.like ?? undefined);
      run.noteArms();
      await run.gallery.drawArms();
      return run.drawReferences();
    }
    case 'removeArm':
      await lab.removeArm(command.arm);
      run.forgetArm(command.arm);
      run.noteArms();
      return;
    case 'configureArm':
      await lab.configureArm(command.arm, parseArmConfig(command.config), (done, total) => {
        voice.progress('compiling', done, total);
      });
      run.noteArms();
      return run.drawReferences();
    case 'renameArm':
      lab.renameArm(command.arm, command.name);
      run.noteArms();
      return;
    case 'sample':
      await run.gallery.change(command.grid);
      await run.drawReferences();
      return run.gallery.drawArms();
    case 'inspect':
      return run.inspect(command);
    case 'vote':
      run.vote(command.vote);
      return;
    case 'checkpoint':
      return run.keeper.keep();
    case 'export':
      return run.takeHome.export(command);
    case 'try':
      return run.takeHome.try(command);
    case 'weights':
      return run.takeHome.weights(command);
    case 'record':
      voice.post({ type: 'record', record: lab.record() });
      return;
  }
};
