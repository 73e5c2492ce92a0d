/** Raised with every incompatible change; page and Worker refuse each other when it differs. */
export const PROTOCOL_VERSION = 5;

/** A message as it travels. */
export type Versioned<Message> = Message & { readonly version: number };
