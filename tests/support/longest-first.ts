import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Test files that take a minute and more, the longest first. */
const LONGEST = [
  "pictures.test.ts",
  "incremental.test.ts",
  "incremental-trouble.test.ts",
  "accessible.test.ts",
  "rebuild.test.ts",
  "privacy.test.ts",
];

const isOf = (name: string, { moduleId }: TestSpecification) => moduleId.endsWith(`/e2e/${name}`);

/**
 * Begins with the files that take longest, so that none of them is what everybody waits for in the end. Vitest knows
 * how long they took the last time; on a machine that is new to them it goes by their size, which says little.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const long = LONGEST.flatMap((name) => sorted.filter((file) => isOf(name, file)));
    return [...long, ...sorted.filter((file) => !long.includes(file))];
  }
}
