import type { ArchiveBuilder } from "../archive-builder.ts";
import type { XmlFaults } from "./xml-records.ts";

/** Reports faults of an XML file as doubts. */
export function reportFaults(
  { count, first, isTruncated }: XmlFaults,
  file: string,
  builder: ArchiveBuilder,
): void {
  if (isTruncated)
    builder.doubt(file, "the file ends in the middle of a record, which was read as far as it goes");
  else if (count > 0) builder.doubt(file, `it isn't well-formed XML in ${count} places (${first ?? ""})`);
}
