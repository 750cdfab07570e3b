/** Hues for people without a picture; see `styles/components/faces.css`. */
export const HUES = 8;

/**
 * The hue of a person: the same wherever the person is shown, and independent of the initials.
 * @param identity the address of the person's profile, else the name.
 */
export function hueOf(identity: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(identity)) hash = Math.imul(hash ^ byte, 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) % HUES;
}

/** Chooses hues for people on one page. */
export type HueChooser = (identity: string, initials: string) => number;

/** Hues as of {@link hueOf}, except that a person with the initials and the hue of another takes the next hue. */
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
