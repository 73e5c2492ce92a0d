import type { Prompt } from '../promptSpace';
import { ATTRIBUTES, avatarPrompts, type AttributeName } from './attributes';
import { matchValue, meaningOf } from './vocabulary';

const ALL = ATTRIBUTES.map(({ name }) => name);
const BALD = 2;
/** "no hat", "no glasses". */
const ABSENT = 0;

/** Takes a description word by word and collects the prompt; see `wordsToPrompt`. */
export class PromptReader {
  private readonly ids = [...avatarPrompts.nullPrompt];
  private readonly rejected = new Set<string>();
  /** Adjectives whose noun has not come yet. */
  private pending: string[] = [];
  /** What adjectives without a noun belong to, where a preposition or an earlier noun said so. */
  private scope: readonly AttributeName[] | undefined;
  private negation: string | undefined;

  get prompt(): Prompt {
    return this.ids;
  }

  /** Words without a meaning here, each once, in order. */
  get unknown(): readonly string[] {
    return [...this.rejected];
  }

  /** `word`: lower case, letters and digits only. */
  read(word: string): void {
    const meaning = meaningOf(word);
    switch (meaning?.kind) {
      case undefined:
        this.pending.push(word);
        return;
      case 'noun':
        this.readNoun(meaning.attributes);
        return;
      case 'value':
        this.readValue(word, meaning.attribute, meaning.id);
        return;
      case 'thing':
        this.readThing(meaning.attribute, meaning.id);
        return;
      case 'preposition':
        this.endPhrase();
        this.scope = meaning.scope;
        return;
      case 'negation':
        this.negation = word;
        return;
      case 'filler':
        return;
    }
  }

  /** At a comma or the end: adjectives get no more nouns. */
  endPhrase(): void {
    this.rejectNegation();
    this.assign(this.scope ?? ALL);
    this.scope = undefined;
  }

  private readNoun(attributes: readonly AttributeName[]): void {
    const bare = this.pending.length === 0;
    if (this.negation !== undefined && bare && attributes.includes('hairLength')) {
      this.set('hairLength', BALD);
      this.negation = undefined;
      return;
    }
    this.rejectNegation();
    this.scope = bare ? attributes : undefined;
    this.assign(attributes);
  }

  private readValue(word: string, attribute: AttributeName, id: number): void {
    if (this.negation === undefined) {
      this.set(attribute, id);
    } else {
      this.pending.push(word);
      this.rejectNegation();
    }
  }

  private readThing(attribute: AttributeName, id: number): void {
    if (this.negation === undefined) {
      this.set(attribute, id);
      this.assign([attribute]);
    } else {
      this.set(attribute, ABSENT);
      this.negation = undefined;
      this.rejectPending();
    }
  }

  /** Gives the pending adjectives to `attributes`. */
  private assign(attributes: readonly AttributeName[]): void {
    while (this.pending.length > 0) {
      const match = matchValue(this.pending, attributes);
      const used = this.pending.splice(0, match?.length ?? 1);
      if (match) this.set(match.name, match.id);
      else used.forEach((word) => this.rejected.add(word));
    }
  }

  /** "no" before what cannot be absent: it means nothing, nor do its adjectives. */
  private rejectNegation(): void {
    if (this.negation === undefined) return;
    this.rejected.add(this.negation);
    this.negation = undefined;
    this.rejectPending();
  }

  private rejectPending(): void {
    this.pending.forEach((word) => this.rejected.add(word));
    this.pending = [];
  }

  private set(name: AttributeName, id: number): void {
    this.ids[avatarPrompts.indexOf(name)] = id;
  }
}
