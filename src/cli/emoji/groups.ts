import { createRequire } from 'node:module';
import { z } from 'zod';
import { GROUPS, type GroupName } from '../../tasks/emoji/attributes';
import { codeOf } from './icons';

const require = createRequire(import.meta.url);

/** One emoji, whatever its style. */
export interface Concept {
  /** Code points in lower-case hexadecimal with dashes. */
  readonly code: string;
  readonly label: string;
  readonly group: GroupName;
}

/** What a group is made of. Emoji are named by their labels, which are unique. */
interface Selection {
  /** Emojibase's subgroups, whole but for `except`. */
  readonly subgroups: readonly string[];
  readonly except?: readonly string[];
  /** Emoji of other subgroups. */
  readonly also?: readonly string[];
}

const labels = (text: string): string[] => text.trim().split(/,\s+/);

/** What is drawn like the rest of its group; looked at by eye, at 16 pixels. */
const SELECTIONS: Readonly<Record<GroupName, Selection>> = {
  face: {
    subgroups: labels(`
      face-smiling, face-affection, face-tongue, face-hand, face-neutral-skeptical, face-sleepy,
      face-unwell, face-hat, face-glasses, face-concerned, face-negative`),
    except: ['skull', 'skull and crossbones'],
  },
  person: {
    subgroups: ['person', 'person-gesture', 'person-role', 'person-fantasy'],
    // Other hair, other poses, and more than a head and shoulders.
    except: labels(`
      man: red hair, man: curly hair, man: white hair, man: bald, woman: red hair,
      woman: curly hair, woman: white hair, woman: bald, person: red hair, person: curly hair,
      person: white hair, person: bald, person bowing, ninja, pregnant woman, pregnant man,
      pregnant person, woman feeding baby, man feeding baby, person feeding baby, breast-feeding,
      fairy, merperson, genie, hairy creature, troll`),
  },
  hand: {
    subgroups: labels(`
      hand-fingers-open, hand-fingers-partial, hand-single-finger, hand-fingers-closed, hands`),
  },
  heart: { subgroups: ['heart'], except: ['love letter'], also: ['heart suit'] },
  // Heads, and what is as round as one: whole animals are lost at this size.
  animal: {
    subgroups: ['cat-face', 'monkey-face'],
    also: labels(`
      monkey face, dog face, wolf, fox, raccoon, cat face, lion, tiger face, horse face, moose,
      unicorn, cow face, pig face, boar, ram, mouse face, hamster, rabbit face, bear, polar bear,
      koala, panda, frog, dragon face, gorilla, orangutan, chicken, owl, penguin, camel,
      hatching chick, front-facing baby chick, baby chick`),
  },
  plant: {
    subgroups: ['plant-flower', 'plant-other', 'food-fruit', 'food-vegetable'],
    except: ['empty nest', 'nest with eggs'],
  },
  building: {
    subgroups: ['place-building', 'place-religious', 'place-other'],
    // What is no building, and views that fill the picture.
    except: labels(`
      brick, rock, wood, hot springs, carousel horse, barber pole, fountain, playground slide,
      roller coaster, building construction, Statue of Liberty, sunrise, sunset,
      sunrise over mountains, foggy, night with stars, cityscape, cityscape at dusk,
      bridge at night`),
  },
  vehicle: {
    subgroups: ['transport-ground', 'transport-water', 'transport-air'],
    except: labels(`
      bus stop, motorway, railway track, oil drum, fuel pump, wheel, anchor, police car light,
      horizontal traffic light, vertical traffic light, stop sign, construction, ring buoy, seat,
      parachute, satellite, station, kick scooter, skateboard, roller skate, manual wheelchair,
      motorized wheelchair, mountain railway, airplane departure, airplane arrival`),
  },
  sign: {
    subgroups: ['transport-sign', 'arrow', 'religion', 'zodiac', 'av-symbol', 'keycap'],
    // Words, which cannot be read at this size, and what has no plate.
    except: labels(`
      BACK arrow, END arrow, ON! arrow, SOON arrow, TOP arrow, ATM sign, water closet, dim button,
      bright button, antenna bars`),
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

/** The group of an emoji, undefined where it belongs to none. */
export const groupOf = (label: string, subgroup: string): GroupName | undefined =>
  GROUPS.find((group) => {
    const { subgroups, except = [], also = [] } = SELECTIONS[group];
    return also.includes(label) || (subgroups.includes(subgroup) && !except.includes(label));
  });

/**
 * The emoji of all groups, in Unicode's order within a group. Skin tones are no emoji of their own,
 * variants of one sex are left out.
 */
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
