import type { ArmRecord, RunRecord } from './record';

/** Records that are not of one run; the message names what differs. */
export class MergeError extends Error {
  override readonly name = 'MergeError';
}

/** JSON with sorted keys: equal for equal values, however they were made. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** What records of one run have in common, whatever seed and arms each of them holds. */
const shared = ({ experiment, teacher, config, evaluation }: RunRecord) => ({
  experiment,
  teacher: teacher.sha256,
  batch: config.batch,
  prompts: config.prompts,
  evaluation,
});

const checkShared = (first: RunRecord, other: RunRecord): void => {
  const [expected, found] = [shared(first), shared(other)];
  for (const name of Object.keys(expected) as (keyof typeof expected)[]) {
    const [one, two] = [canonical(expected[name]), canonical(found[name])];
    if (one !== two) {
      throw new MergeError(
        `These records are not of one run: ${name} is ${one} in one and ${two} in another.`,
      );
    }
  }
};

/** The same arm of another seed: its settings must be the same. */
const checkArm = (first: ArmRecord, other: ArmRecord): void => {
  if (canonical(first.config) !== canonical(other.config)) {
    throw new MergeError(
      `Arm "${first.name}" (${first.id}) has other settings in one record than in another.`,
    );
  }
};

/** The items whose key has not occurred before. */
const uniqueBy = <Item>(items: readonly Item[], key: (item: Item) => string): Item[] => [
  ...items
    .reduce(
      (found, item) => (found.has(key(item)) ? found : found.set(key(item), item)),
      new Map<string, Item>(),
    )
    .values(),
];

/** One line of what the records ran on or were made by; "a and b" where they differ. */
const together = (values: readonly string[]): string => [...new Set(values)].join(' and ');

const mergeSeed = (records: readonly [RunRecord, ...RunRecord[]], order: readonly string[]) => {
  const [first] = records;
  const arms: ArmRecord[] = [];
  for (const arm of records.flatMap((record) => record.arms)) {
    const twin = arms.find(({ id }) => id === arm.id);
    if (!twin) arms.push(arm);
    else if (canonical(twin) !== canonical(arm)) {
      throw new MergeError(
        `Arm "${arm.name}" of seed ${first.config.seed} is in two records that differ.`,
      );
    }
  }
  const place = ({ id }: { readonly id: string }) => order.indexOf(id);
  const byPlace = (a: { readonly id: string }, b: { readonly id: string }) => place(a) - place(b);
  const specs = records.flatMap(({ config }) => config.arms);
  return {
    ...first,
    codeVersion: together(records.map(({ codeVersion }) => codeVersion)),
    adapter: together(records.map(({ adapter }) => adapter)),
    created: records.map(({ created }) => created).sort()[0] ?? first.created,
    config: { ...first.config, arms: uniqueBy(specs, ({ id }) => id).sort(byPlace) },
    arms: arms.sort(byPlace),
    references: uniqueBy(
      records.flatMap(({ references }) => references),
      ({ name }) => name,
    ),
    votes: records.flatMap(({ votes }) => votes),
  };
};

/**
 * Joins the records of one run that was split over machines: one record a seed, in order of seeds,
 * with the arms of all its parts. `order` lists arms by id in the order wanted; without it they
 * stand as they first occur. Throws MergeError for records that are not of one run.
 */
export const mergeRecords = (
  records: readonly RunRecord[],
  order: readonly string[] = [],
): RunRecord[] => {
  const [first] = records;
  if (!first) throw new MergeError('There are no records to merge.');
  const known = new Map<string, ArmRecord>();
  const bySeed = new Map<number, [RunRecord, ...RunRecord[]]>();
  for (const record of records) {
    checkShared(first, record);
    for (const arm of record.arms) {
      const twin = known.get(arm.id);
      if (twin) checkArm(twin, arm);
      else known.set(arm.id, arm);
    }
    const { seed } = record.config;
    const parts = bySeed.get(seed);
    if (parts) parts.push(record);
    else bySeed.set(seed, [record]);
  }
  const whole = [...new Set([...order, ...known.keys()])];
  return [...bySeed].sort(([a], [b]) => a - b).map(([, parts]) => mergeSeed(parts, whole));
};
