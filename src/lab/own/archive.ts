import { readZip, ZipError } from '../../interchange/zip';
import { OWN_LIMITS, OwnTaskError } from '../../tasks/own/definition';
import { FILE_LIMITS, isHidden, type OwnFile } from './collect';

const LIMITS = {
  archive: FILE_LIMITS.total,
  /** Folders and what systems put beside pictures come on top of them. */
  entries: OWN_LIMITS.pictures.most + 10_000,
  file: FILE_LIMITS.file,
  total: FILE_LIMITS.total,
};

/** The files of a visitor's zip archive. Throws OwnTaskError. */
export const filesOfArchive = (bytes: Uint8Array<ArrayBuffer>): OwnFile[] => {
  try {
    return readZip(bytes, LIMITS, (name) => !isHidden(name)).map(({ name, bytes: content }) => ({
      path: name,
      bytes: content.length,
      read: () => Promise.resolve(content),
    }));
  } catch (error) {
    if (error instanceof ZipError) throw new OwnTaskError(error.message, { cause: error });
    throw error;
  }
};
