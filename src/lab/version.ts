import { version } from '../../package.json';

/** Version of the program, as records state it. */
export const CODE_VERSION: string = version;
