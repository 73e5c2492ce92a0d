import type { LabCheckpoint } from './checkpoint';
import type { Evaluator } from './evaluation';
import type { Heading } from './heading';
import { voteSchema, type ArmRecord, type RunRecord, type Vote } from './record';
import { REFERENCE_GUIDANCE, REFERENCE_STEPS } from './reference';
import type { Roster } from './roster';
import type { TeacherFile } from './teacher';

/** What is written down of a lab: its record, its votes, its checkpoints. */
export class Chronicle {
  #heading: Heading;
  readonly #teacher: TeacherFile;
  readonly #roster: Roster;
  readonly #evaluator: Evaluator;

  constructor(heading: Heading, teacher: TeacherFile, roster: Roster, evaluator: Evaluator) {
    this.#heading = heading;
    this.#teacher = teacher;
    this.#roster = roster;
    this.#evaluator = evaluator;
  }

  /** See `Lab.referenceKey`. */
  get referenceKey(): string {
    const { evaluation, teacher } = this.#heading;
    const { samples, prompts, seed } = evaluation;
    const guidance = `${REFERENCE_STEPS}x${REFERENCE_GUIDANCE}`;
    const spec = teacher.foreign ? `-${JSON.stringify(teacher.foreign.spec)}` : '';
    return `${teacher.sha256}${spec}-${guidance}-${samples}-${prompts}-${seed}`;
  }

  /** What people voted so far, also on arms that are gone. */
  get votes(): readonly Vote[] {
    return this.#heading.votes;
  }

  /** Takes down a vote. Throws MissingArmError for one on an arm that there is none of. */
  vote(vote: Vote): void {
    const parsed = voteSchema.parse(vote);
    for (const id of parsed.ranking) this.#roster.get(id);
    this.#heading = { ...this.#heading, votes: [...this.#heading.votes, parsed] };
  }

  /** Everything that was run and measured so far. */
  record(): RunRecord {
    return this.#recordOf(this.#roster.arms.map((arm) => arm.record()));
  }

  /** State and record as of the iterations submitted so far. */
  async checkpoint(): Promise<LabCheckpoint> {
    const frozen = await Promise.all(this.#roster.arms.map((arm) => arm.freeze()));
    return {
      record: this.#recordOf(frozen.map(({ record }) => record)),
      states: frozen.map(({ state }) => state),
      ...(this.#teacher.foreign && { start: this.#teacher.flat }),
    };
  }

  #recordOf(arms: ArmRecord[]): RunRecord {
    return {
      ...this.#heading,
      config: this.#roster.configOf(arms),
      arms,
      references: [...this.#evaluator.pictures],
    };
  }
}
