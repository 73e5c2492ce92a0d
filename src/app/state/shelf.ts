import { createStore, del, entries, set, type UseStore } from 'idb-keyval';
import { isQuotaExceeded } from '../../lab/checkpointStores/storageErrors';
import { dismiss, notify } from './notices';

interface ShelfOptions<Value> {
  /** Of its database, and of its notices. */
  readonly name: string;
  /** What lies on it, as in "One of your set-ups" and "3 of your set-ups". */
  readonly things: string;
  /** What helps where a thing cannot be kept, a sentence. */
  readonly instead: string;
  /** What was kept under an id; null where it cannot be read any more. */
  readonly read: (id: string, value: unknown) => Value | null;
}

/**
 * What a browser keeps of a visitor's things, by ids, each by itself: what cannot be kept or read
 * harms no other. Visitors are told; nothing here rejects.
 */
export class Shelf<Value> {
  readonly #options: ShelfOptions<Value>;
  #opened: UseStore | null = null;

  constructor(options: ShelfOptions<Value>) {
    this.#options = options;
  }

  /** All that is kept and can be read. The rest is passed over and told, and can be thrown away. */
  async load(): Promise<readonly Value[]> {
    const { name, things, read } = this.#options;
    const all = (await this.#entries()).map(([id, value]) => ({ id, value: read(id, value) }));
    const broken = all.filter(({ value }) => value === null);
    if (broken.length > 0) {
      const many = broken.length > 1;
      const what = many ? `${broken.length} of your ${things}` : `One of your ${things}`;
      notify({
        id: name,
        text: `${what} could not be read and ${many ? 'were' : 'was'} passed over.`,
        action: {
          says: many ? 'Throw them away' : 'Throw it away',
          take: () => {
            dismiss(name);
            for (const { id } of broken) void this.remove(id);
          },
        },
      });
    }
    return all.flatMap(({ value }) => (value === null ? [] : [value]));
  }

  /** Keeps a value that a visitor calls `title`, in place of what was kept under that id. */
  async put(id: string, title: string, value: unknown): Promise<void> {
    const { name, instead } = this.#options;
    try {
      await set(id, value, this.#store());
    } catch (error) {
      const reason = isQuotaExceeded(error)
        ? 'This browser’s storage is full: remove something that it keeps, then try again.'
        : 'This browser keeps nothing for this page.';
      const text = `“${title}” lasts as long as this page is open. ${reason} ${instead}`;
      notify({ id: name, text });
    }
  }

  /** Throws what is kept under that id away. */
  async remove(id: string): Promise<void> {
    try {
      await del(id, this.#store());
    } catch {
      // Without storage there is nothing to remove.
    }
  }

  async #entries(): Promise<[id: string, value: unknown][]> {
    try {
      return await entries<string, unknown>(this.#store());
    } catch {
      return []; // Storage may be forbidden: then nothing was kept.
    }
  }

  #store(): UseStore {
    return (this.#opened ??= createStore(`spear-and-shield-${this.#options.name}`, 'kept'));
  }
}
