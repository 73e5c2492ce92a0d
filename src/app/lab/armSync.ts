import type { ArmId } from '../../lab/config';
import type { ArmCommand } from '../../worker/protocol/commands';
import type { Arm } from '../state/bench';

/** What the Worker was last told of an arm. */
interface Told {
  readonly name: string;
  /** As JSON, to compare by. */
  readonly config: string;
}

/**
 * Keeps the Worker's arms like the bench's: compares what is wanted with what was last told, so that
 * a slider's many small changes become few commands.
 */
export class ArmSync {
  readonly #told = new Map<ArmId, Told>();

  /** Takes these arms as what the Worker has. */
  begin(arms: readonly Pick<Arm, 'id' | 'name' | 'config'>[]): void {
    this.#told.clear();
    for (const arm of arms) this.#told.set(arm.id, toTold(arm));
  }

  /** Takes note that the Worker does not have an arm, whatever it was told. */
  drop(id: ArmId): void {
    this.#told.delete(id);
  }

  /** The commands that make the Worker's arms like `wanted`, in order. */
  update(wanted: readonly Arm[]): ArmCommand[] {
    const commands: ArmCommand[] = [];
    // Arms are added first: a new one may go on from one that is about to be removed.
    for (const arm of wanted) {
      const told = this.#told.get(arm.id);
      const now = toTold(arm);
      const { id, name, config, like } = arm;
      if (told === undefined) {
        const source = like !== null && this.#told.has(like) ? like : null;
        commands.push({ type: 'addArm', arm: { id, name, config }, like: source });
      } else {
        if (told.name !== now.name) commands.push({ type: 'renameArm', arm: id, name });
        if (told.config !== now.config) commands.push({ type: 'configureArm', arm: id, config });
      }
      this.#told.set(id, now);
    }
    const kept = new Set(wanted.map(({ id }) => id));
    for (const id of [...this.#told.keys()].filter((known) => !kept.has(known))) {
      this.#told.delete(id);
      commands.push({ type: 'removeArm', arm: id });
    }
    return commands;
  }
}

const toTold = ({ name, config }: Pick<Arm, 'name' | 'config'>): Told => ({
  name,
  config: JSON.stringify(config),
});
