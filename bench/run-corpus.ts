import path from "node:path";
import { writeCorpus } from "./corpus.ts";

/** `-- corpus N [folder]`: writes a generated blog of N posts. */
export async function run([
  count = "1000",
  folder = ".cache/bench/content",
]: readonly string[]): Promise<void> {
  const target = path.resolve(folder);
  await writeCorpus(target, Number(count));
  console.log(`A blog of ${count} posts lies in ${target}`);
}
