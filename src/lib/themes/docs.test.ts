import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readSettings } from "../site/load-settings.ts";
import { checkYaml } from "../yaml/check.ts";
import { readYaml } from "../yaml/source.ts";
import { themeSchema } from "./theme-schema.ts";

const docs = path.resolve(import.meta.dirname, "../../../docs");
const examples = ["look.md", "themes.md"].flatMap((file) =>
  [...readFileSync(path.join(docs, file), "utf8").matchAll(/```yaml\n([\s\S]*?)```/g)].map(
    ([, yaml = ""]) => ({
      file,
      yaml,
    }),
  ),
);

test.each(examples)("an example of $file works: $yaml", ({ yaml }) => {
  const { issues } = yaml.startsWith("colors:")
    ? checkYaml(themeSchema, readYaml(yaml, "theme.yaml"), { owner: "a theme" })
    : readSettings(yaml, "content/site.yaml");
  expect(issues).toEqual([]);
});
