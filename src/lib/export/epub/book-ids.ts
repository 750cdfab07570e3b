/** The ids of one document, unique and valid in XML. */
export class BookIds {
  readonly #used = new Set<string>();

  /** The id in the form that XML allows; null if it's empty or taken. */
  claim(wanted: string): string | null {
    const id = xmlId(wanted);
    if (id === null || this.#used.has(id)) return null;
    this.#used.add(id);
    return id;
  }

  get all(): ReadonlySet<string> {
    return this.#used;
  }
}

/** Converts an id to one that XML allows (an NCName), deterministically; null if it's empty. */
export function xmlId(wanted: string): string | null {
  if (wanted === "") return null;
  if (/^[A-Za-z_][\w.-]*$/.test(wanted)) return wanted;
  const plain = [...wanted].map((character) =>
    /[\w.-]/.test(character) ? character : `_${(character.codePointAt(0) ?? 0).toString(16)}`,
  );
  return `id-${plain.join("")}`.slice(0, 300);
}
