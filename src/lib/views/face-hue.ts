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
