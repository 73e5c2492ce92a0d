import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePng } from '../interchange/png';
import { ATLAS_PATH, ATLAS_WIDTH, atlasHeight, CHANNELS, pixelAt } from '../tasks/emoji/atlas';
import { COLOURS, EMOJI_SIZE, GROUPS, STYLES } from '../tasks/emoji/attributes';
import { writeEntry } from '../tasks/emoji/catalogueEntry';
import { dominantColour } from '../tasks/emoji/dominantColour';
import { parseArguments, UsageError } from './arguments';
import { runCommand } from './command';
import { readConcepts, type Concept } from './emoji/groups';
import { findDrawing, openIconSet } from './emoji/icons';
import { rasterise } from './emoji/raster';
import { groupSheet } from './emoji/sheet';
import { writeWhole } from './files';

const USAGE = `Draws the emoji of the task "emoji": its atlas and its catalogue.

  npm run emoji

  --check        write nothing; fail unless the files are what would be written
  --sheet FILE   instead, draw training images from the files as a PNG, a row for each group
  --help`;

const OPTIONS = {
  check: { type: 'boolean', default: false },
  sheet: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const SITE = 'public';
const ATLAS_FILE = join(SITE, ATLAS_PATH);
const CATALOGUE_FILE = 'src/tasks/emoji/catalogue.json';

/** A concept's 16x16 cells in the order of the styles, undefined where a style lacks it. */
interface Drawn {
  readonly concept: Concept;
  readonly cells: readonly (Uint8Array | undefined)[];
}

const drawAll = (): Drawn[] => {
  const sets = STYLES.map(openIconSet);
  const concepts = readConcepts();
  return GROUPS.flatMap((name) => concepts.filter(({ group }) => group === name)).map(
    (concept) => ({
      concept,
      cells: sets.map((set) => {
        const drawing = findDrawing(set, sets, concept.code, concept.label);
        return drawing && rasterise(drawing);
      }),
    }),
  );
};

const atlasOf = (drawn: readonly Drawn[]): Uint8Array => {
  const height = atlasHeight(drawn.length * STYLES.length);
  const data = new Uint8Array(CHANNELS * ATLAS_WIDTH * height);
  const rowBytes = CHANNELS * EMOJI_SIZE;
  drawn
    .flatMap(({ cells }) => cells)
    .forEach((cell, place) => {
      if (!cell) return;
      for (let y = 0; y < EMOJI_SIZE; y++) {
        data.set(cell.subarray(y * rowBytes, (y + 1) * rowBytes), pixelAt(place, 0, y));
      }
    });
  return encodePng({ width: ATLAS_WIDTH, height, data });
};

const entryOf = ({ concept: { code }, cells }: Drawn): string =>
  writeEntry({
    code,
    colours: cells.map((cell) => cell && COLOURS.indexOf(dominantColour(cell))),
  });

const catalogueOf = (drawn: readonly Drawn[]): string => {
  const entries = GROUPS.map((name) => {
    const own = drawn.filter(({ concept }) => concept.group === name);
    return [name, own.map(entryOf)] as const;
  });
  return `${JSON.stringify(Object.fromEntries(entries), null, 1)}\n`;
};

const differs = (path: string, content: string | Uint8Array): boolean =>
  !readFileSync(path).equals(Buffer.from(content));

/** The files by their paths from the root of the repository. */
const makeFiles = (): Map<string, string | Uint8Array> => {
  const drawn = drawAll();
  const pictures = drawn.flatMap(({ cells }) => cells).filter((cell) => cell !== undefined);
  console.log(`${pictures.length} pictures of ${drawn.length} emoji`);
  return new Map<string, string | Uint8Array>([
    [ATLAS_FILE, atlasOf(drawn)],
    [CATALOGUE_FILE, catalogueOf(drawn)],
  ]);
};

const write = (path: string, content: string | Uint8Array): void => {
  writeWhole(path, content);
  console.log(`wrote ${path}, ${content.length} bytes`);
};

const checkFiles = (): void => {
  const stale = [...makeFiles()].filter(([path, content]) => differs(path, content));
  if (stale.length > 0) {
    const names = stale.map(([path]) => path).join(' and ');
    throw new UsageError(`${names}: not what \`npm run emoji\` writes. Run it.`);
  }
  console.log('the files are what would be written');
};

const main = async (): Promise<void> => {
  const { check, help, sheet } = parseArguments(process.argv.slice(2), OPTIONS);
  if (help) console.log(USAGE);
  else if (sheet !== undefined) write(sheet, await groupSheet(SITE));
  else if (check) checkFiles();
  else makeFiles().forEach((content, path) => write(path, content));
};

process.exitCode = await runCommand(main);
