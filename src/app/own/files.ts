import type { PathFile } from '../../worker/own/protocol';

/** Files that are looked at; what is beyond them is more than a task may have. */
const MOST = 40_000;

/** Files of an `<input type="file">`; of a folder with their paths in it. */
export const filesOfInput = (files: FileList | null): PathFile[] =>
  Array.from(files ?? [], (file) => ({ path: file.webkitRelativePath || file.name, file }));

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });

const nextEntries = (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> =>
  new Promise((resolve, reject) => {
    reader.readEntries(resolve, reject);
  });

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** The files of what was dropped, folders with all that is in them. */
export const filesOfDrop = async (items: DataTransferItemList): Promise<PathFile[]> => {
  // Asked for at once: the list is empty after the event.
  const left: FileSystemEntry[] = [];
  const files: PathFile[] = [];
  for (const item of items) {
    const entry = item.webkitGetAsEntry();
    // What comes from no file system, such as a picture of another page, is a file alone.
    const file = entry ? null : item.getAsFile();
    if (entry) left.push(entry);
    else if (file) files.push({ path: file.name, file });
  }
  for (let entry = left.shift(); entry && files.length < MOST; entry = left.shift()) {
    if (isFile(entry)) {
      files.push({ path: entry.fullPath.replace(/^\//, ''), file: await fileOf(entry) });
    } else if (isFolder(entry)) {
      const reader = entry.createReader();
      // A folder tells its entries a hundred at a time.
      for (
        let some = await nextEntries(reader);
        some.length > 0;
        some = await nextEntries(reader)
      ) {
        left.push(...some);
      }
    }
  }
  return files;
};
