/** Room for scalars in the settings uniform; well within the default uniform limit. */
export const SETTINGS_CAPACITY = 128;

/**
 * Where each named scalar lies in the settings uniform. One layout serves all programs of an
 * engine, so that equal kernels have equal text and compile once.
 */
export class SettingsLayout {
  readonly #slots = new Map<string, number>();

  /** The slot of a name, given out on first use. */
  slotOf(name: string): number {
    let slot = this.#slots.get(name);
    if (slot === undefined) {
      slot = this.#slots.size;
      if (slot >= SETTINGS_CAPACITY) throw new RangeError('Too many settings in one engine.');
      this.#slots.set(name, slot);
    }
    return slot;
  }

  has(name: string): boolean {
    return this.#slots.has(name);
  }
}
