/** Values in export files, for tests that replace them with hostile text. */
import path from "node:path";

export interface ExportField {
  readonly start: number;
  readonly end: number;
  /** Encodes text for the format. */
  readonly encode: (text: string) => string;
}

/** Returns the positions of all values in a file; none for binary files. */
export function fieldsOf(file: string, text: string): ExportField[] {
  if (text.includes("\0")) return [];
  if (/^\s*[[{]/.test(text)) return matches(text, /"(?:[^"\\]|\\.)*"(?!\s*:)/g, JSON.stringify);
  if (/^\s*(?:<\?xml|<livejournal)/.test(text) || /\.(?:xml|atom)$/.test(file))
    return markup(text, escapedXml);
  if (/\.csv$/.test(file)) return matches(text, /(?<=^|,)(?:"(?:[^"]|"")*"|[^",\n]+)(?=,|$)/gm, csvCell);
  if (/\.html?$/.test(file)) return markup(text, (value) => value);
  const oneLine = (value: string): string => value.replaceAll("\n", " ");
  return matches(text, /(?<=^[\w ]+: ).+$|^[^\n:]{4,}$/gm, oneLine);
}

/** Returns the file with one value replaced; null for files without values. @param share 0 to 1, selects the value. */
export function withHostileField(file: string, text: string, share: number, hostile: string): string | null {
  const fields = fieldsOf(path.basename(file), text);
  const field = fields[Math.min(fields.length - 1, Math.floor(share * fields.length))];
  if (field === undefined) return null;
  return text.slice(0, field.start) + field.encode(hostile) + text.slice(field.end);
}

function markup(text: string, encode: (value: string) => string): ExportField[] {
  const quoted = (value: string): string => encode(value).replaceAll('"', "&quot;");
  return [
    ...matches(text, /(?<=>)[^<>]*[^\s<>][^<>]*(?=<)/g, encode),
    ...matches(text, /(?<=\s[\w:-]+=")[^"<>]+(?=")/g, quoted),
  ];
}

function matches(text: string, pattern: RegExp, encode: (value: string) => string): ExportField[] {
  return [...text.matchAll(pattern)].map(({ 0: value, index }) => ({
    start: index,
    end: index + value.length,
    encode,
  }));
}

function escapedXml(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function csvCell(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}
