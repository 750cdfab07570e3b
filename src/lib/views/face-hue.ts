/** Hues for people without a picture; see `styles/components/common.css`. */
export const HUES = 8;

/**
 * The hue of a person: the same everywhere on the site, and independent of the initials.
 * @param identity address of the person's profile, else the name.
 */
export function hueOf(identity: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(identity)) hash = Math.imul(hash ^ byte, 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) % HUES;
}

/** Chooses hues for people on one page. */
export type HueChooser = (identity: string, initials: string) => number;

/** Uses {@link hueOf}, but a person with the same initials and hue as another person gets the next free hue. */
export function distinctHues(): HueChooser {
  const byPerson = new Map<string, number>();
  const taken = new Set<string>();
  return (identity, initials) => {
    const known = byPerson.get(identity);
    if (known !== undefined) return known;
    const own = hueOf(identity);
    const hues = Array.from({ length: HUES }, (_, step) => (own + step) % HUES);
    const hue = hues.find((each) => !taken.has(`${initials} ${each}`)) ?? own;
    byPerson.set(identity, hue);
    taken.add(`${initials} ${hue}`);
    return hue;
  };
}
