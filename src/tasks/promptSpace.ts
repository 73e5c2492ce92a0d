import { z } from 'zod';

/** One value of an attribute. Names are unique within their attribute, colours' as well. */
export interface AttributeValue {
  /** Plain English, lower case. */
  readonly name: string;
  /** Other words for it that are understood, never written. */
  readonly also?: readonly string[];
  /** For colours: #rrggbb, for swatches. */
  readonly hex?: string;
}

/** Something that a prompt may fix; a value's id is its place in the list. */
export interface Attribute {
  /** As in the parameter names of the network: `attrEmbed.NAME.weight`. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  readonly values: readonly AttributeValue[];
}

/** An id for each attribute in order: 0..n-1 name a value, n (their number) says "any". */
export type Prompt = readonly number[];

/** A prompt that is none: wrong length, or an id beyond its attribute. */
export class PromptError extends Error {
  override readonly name = 'PromptError';
}

/**
 * All prompts over a list of attributes, and how networks number them: each attribute has an
 * embedding table of its values and "any", and all tables lie in one, below each other.
 */
export class PromptSpace {
  readonly attributes: readonly Attribute[];
  /** Leaves everything open: the unconditional prompt of guidance. */
  readonly nullPrompt: Prompt;
  /** First row of each attribute in the one table. */
  readonly rowOffsets: readonly number[];
  /** Rows of the one table. */
  readonly rowCount: number;
  /** Attribute names in order with their numbers of values, as a network's config has them. */
  readonly valueCounts: Readonly<Record<string, number>>;
  /** For prompts that come from outside: links, messages, files. */
  readonly schema: z.ZodType<number[]>;

  constructor(attributes: readonly Attribute[]) {
    const sizes = attributes.map(({ values }) => values.length);
    this.attributes = attributes;
    this.nullPrompt = sizes;
    this.rowOffsets = sizes.map((_, index) =>
      sizes.slice(0, index).reduce((sum, size) => sum + size + 1, 0),
    );
    this.rowCount = sizes.reduce((sum, size) => sum + size + 1, 0);
    this.valueCounts = Object.fromEntries(attributes.map(({ name }, at) => [name, sizes[at] ?? 0]));
    this.schema = z
      .array(z.int().nonnegative())
      .length(attributes.length)
      .refine((ids) => ids.every((id, index) => id <= (sizes[index] ?? 0)), {
        error: 'an id exceeds its attribute',
      });
  }

  /**
   * Place of an attribute in a prompt.
   *
   * @throws {PromptError} for a name that no attribute has.
   */
  indexOf(name: string): number {
    const index = this.attributes.findIndex((attribute) => attribute.name === name);
    if (index === -1) throw new PromptError(`there is no attribute ${name}`);
    return index;
  }

  /**
   * The id that leaves attribute `index` open.
   *
   * @throws {PromptError} for an index beyond the attributes.
   */
  anyId(index: number): number {
    const id = this.nullPrompt[index];
    if (id === undefined) {
      const last = this.attributes.length - 1;
      throw new PromptError(`there is no attribute ${index}; use 0 to ${last}`);
    }
    return id;
  }

  /** The value that a prompt gives an attribute; undefined where it leaves it open. */
  valueOf(prompt: Prompt, name: string): AttributeValue | undefined {
    const index = this.indexOf(name);
    return this.attributes[index]?.values[prompt[index] ?? this.anyId(index)];
  }

  /**
   * Returns `prompt` when it is one.
   *
   * @throws {PromptError} otherwise.
   */
  check(prompt: Prompt): Prompt {
    const parsed = this.schema.safeParse(prompt);
    if (parsed.success) return prompt;
    throw new PromptError(`[${prompt.join(', ')}] is no prompt: ${z.prettifyError(parsed.error)}`);
  }

  /**
   * Prompts as rows of the one embedding table, (prompts, attributes) row by row: offset of the
   * attribute + id.
   *
   * @throws {PromptError} for a prompt that is not valid.
   */
  rowsOf(prompts: readonly Prompt[]): Int32Array<ArrayBuffer> {
    return Int32Array.from(
      prompts.flatMap((prompt) =>
        this.check(prompt).map((id, index) => id + (this.rowOffsets[index] ?? 0)),
      ),
    );
  }
}
