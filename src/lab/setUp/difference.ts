/** Plain data, as JSON has it. */
type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What of an object is not as `base` has it, part by part; undefined: nothing. Whoever reads it
 * fills in what is missing from the same base. Lists are compared whole.
 */
export const difference = (value: object, base: object): Json | undefined => {
  const known: Json = { ...base };
  const parts = Object.entries(value).flatMap(([name, part]: [string, unknown]) => {
    const other = known[name];
    const differs =
      isObject(part) && isObject(other)
        ? difference(part, other)
        : JSON.stringify(part) === JSON.stringify(other)
          ? undefined
          : part;
    return differs === undefined ? [] : [[name, differs] as const];
  });
  return parts.length === 0 ? undefined : Object.fromEntries(parts);
};
