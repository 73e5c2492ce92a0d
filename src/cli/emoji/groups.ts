import { createRequire } from 'node:module';
import { z } from 'zod';
import type { GroupName } from '../../tasks/emoji/attributes';
import { codeOf } from './icons';

const require = createRequire(import.meta.url);

/** One emoji, whatever its style. */
export interface Concept {
  /** Code points in lower-case hexadecimal with dashes. */
  readonly code: string;
  readonly label: string;
  readonly group: GroupName;
}

/** A group: emojibase's subgroups, without some of their emoji. Or, of these, some alone. */
interface Selection {
  readonly subgroups: readonly string[];
  readonly except?: readonly string[];
  readonly only?: readonly string[];
}

/** What is drawn like the rest of its group; looked at by eye, at 16 pixels. */
const SELECTIONS: Readonly<Record<GroupName, Selection>> = {
  face: {
    subgroups: [
      'face-smiling',
      'face-affection',
      'face-tongue',
      'face-hand',
      'face-neutral-skeptical',
      'face-sleepy',
      'face-unwell',
      'face-hat',
      'face-glasses',
      'face-concerned',
      'face-negative',
    ],
    except: ['skull', 'skull and crossbones'],
  },
  person: {
    subgroups: ['person', 'person-gesture', 'person-role', 'person-fantasy'],
    except: [
      ...['man: red hair', 'man: curly hair', 'man: white hair', 'man: bald'],
      ...['woman: red hair', 'woman: curly hair', 'woman: white hair', 'woman: bald'],
      ...['person: curly hair', 'person: white hair', 'person: bald', 'person: red hair'],
      ...['person bowing', 'ninja', 'pregnant woman', 'pregnant man', 'pregnant person'],
      ...['woman feeding baby', 'man feeding baby', 'person feeding baby', 'breast-feeding'],
      ...['fairy', 'merperson', 'genie', 'hairy creature', 'troll'],
    ],
  },
  hand: {
    subgroups: [
      'hand-fingers-open',
      'hand-fingers-partial',
      'hand-single-finger',
      'hand-fingers-closed',
      'hands',
    ],
  },
  heart: { subgroups: ['heart', 'game'], only: ['heart suit'], except: ['love letter'] },
  animal: {
    subgroups: [
      'animal-mammal',
      'animal-bird',
      'animal-amphibian',
      'animal-reptile',
      'cat-face',
      'monkey-face',
    ],
    only: [
      ...['monkey face', 'dog face', 'wolf', 'fox', 'raccoon', 'cat face', 'lion', 'tiger face'],
      ...['horse face', 'moose', 'unicorn', 'cow face', 'pig face', 'boar', 'ram', 'mouse face'],
      ...['hamster', 'rabbit face', 'bear', 'polar bear', 'koala', 'panda', 'frog', 'dragon face'],
      ...['gorilla', 'orangutan', 'chicken', 'owl', 'penguin', 'camel', 'hatching chick'],
      ...['front-facing baby chick', 'baby chick'],
    ],
  },
  plant: {
    subgroups: ['plant-flower', 'plant-other', 'food-fruit', 'food-vegetable'],
    except: ['empty nest', 'nest with eggs'],
  },
  building: {
    subgroups: ['place-building', 'place-religious', 'place-other'],
    except: [
      ...['brick', 'rock', 'wood', 'hot springs', 'carousel horse', 'barber pole', 'fountain'],
      ...[
        'playground slide',
        'sunrise',
        'sunset',
        'sunrise over mountains',
        'foggy',
        'Statue of Liberty',
      ],
      ...['night with stars', 'cityscape', 'cityscape at dusk', 'bridge at night'],
      ...['building construction', 'roller coaster'],
    ],
  },
  vehicle: {
    subgroups: ['transport-ground', 'transport-water', 'transport-air'],
    except: [
      ...['bus stop', 'motorway', 'railway track', 'oil drum', 'fuel pump', 'wheel', 'anchor'],
      ...['police car light', 'horizontal traffic light', 'vertical traffic light', 'stop sign'],
      ...['construction', 'ring buoy', 'seat', 'parachute', 'satellite', 'station'],
      ...['kick scooter', 'skateboard', 'roller skate', 'manual wheelchair'],
      ...['motorized wheelchair', 'mountain railway', 'airplane departure', 'airplane arrival'],
    ],
  },
  sign: {
    subgroups: ['transport-sign', 'arrow', 'religion', 'zodiac', 'av-symbol', 'keycap'],
    except: [
      ...[
        'BACK arrow',
        'END arrow',
        'ON! arrow',
        'SOON arrow',
        'TOP arrow',
        'ATM sign',
        'water closet',
      ],
      ...['dim button', 'bright button', 'antenna bars'],
    ],
  },
};

const emojisSchema = z.array(
  z.object({
    hexcode: z.string(),
    label: z.string(),
    subgroup: z.number().optional(),
    order: z.number().optional(),
  }),
);
const namesSchema = z.object({ subgroups: z.record(z.string(), z.string()) });

/**
 * A variant of another emoji in the list: of one sex (a man or a woman with something joined to it,
 * or a sign of sex), or facing right.
 */
const isVariant = (hexcode: string): boolean => /^1F46[89]-200D|-(2640|2642|27A1)\b/.test(hexcode);

const groupOf = (label: string, subgroup: string): GroupName | undefined => {
  for (const [group, { subgroups, except = [], only }] of Object.entries(SELECTIONS)) {
    if (!subgroups.includes(subgroup) || except.includes(label)) continue;
    // Cats and monkeys that make faces come whole.
    const whole = subgroup.endsWith('-face') || subgroup === 'heart';
    if (only === undefined || whole || only.includes(label)) return group as GroupName;
  }
  return undefined;
};

/** The emoji of all groups, in Unicode's order within a group. Skin tones are no emoji of their own. */
export const readConcepts = (): Concept[] => {
  const emojis = emojisSchema.parse(require('emojibase-data/en/data.json'));
  const { subgroups } = namesSchema.parse(require('emojibase-data/meta/groups.json'));
  return emojis
    .filter(({ hexcode }) => !isVariant(hexcode))
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .flatMap(({ hexcode, label, subgroup }): Concept[] => {
      const group = groupOf(label, subgroups[String(subgroup)] ?? '');
      return group ? [{ code: codeOf(hexcode), label, group }] : [];
    });
};
