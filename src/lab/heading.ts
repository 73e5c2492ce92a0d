import type { ForeignRecord, ForeignSource } from './foreign/source';
import type { LabOptions } from './labOptions';
import type { RunRecord } from './record';
import { teacherDigest } from './teacher';
import { CODE_VERSION } from './version';

/** What of a record stays the same as long as the lab lives. */
export type Heading = Omit<RunRecord, 'config' | 'arms' | 'references'>;

const foreignRecordOf = ({ spec, imitation }: ForeignSource): ForeignRecord => ({
  spec,
  imitation,
});

/** The heading of a lab that begins. */
export const newHeading = async (options: LabOptions): Promise<Heading> => {
  const { evaluation, experiment = null, gpu, task, teacher, teacherId = task.id } = options;
  return {
    version: 2,
    experiment,
    codeVersion: CODE_VERSION,
    created: new Date().toISOString(),
    adapter: gpu.info.name,
    task: task.id,
    teacher: {
      id: teacherId,
      sha256: await teacherDigest(teacher),
      ...(teacher.foreign && { foreign: foreignRecordOf(teacher.foreign) }),
    },
    evaluation,
    votes: [],
  };
};

/** The heading of a run that goes on, on this adapter. */
export const headingOf = (record: RunRecord, adapter: string): Heading => {
  const { version, experiment, codeVersion, created, task, teacher, evaluation, votes } = record;
  const adapters = record.adapter.endsWith(adapter)
    ? record.adapter
    : `${record.adapter}, then ${adapter}`;
  return {
    version,
    experiment,
    codeVersion,
    created,
    adapter: adapters,
    task,
    teacher,
    evaluation,
    votes,
  };
};
