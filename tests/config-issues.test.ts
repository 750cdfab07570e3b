/**
 * Errors that `backfence check` finds in `astro.config.mjs`. The check runs in a separate process, so that Node loads the
 * configurations.
 */
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { blogFolder } from "./support/blog-folder.ts";
import { root as repository, runNode } from "./support/build.ts";

const INTEGRATION = JSON.stringify(path.join(repository, "src/index.ts"));

const SCRIPT = `
import { configIssues } from ${JSON.stringify(path.join(repository, "src/cli/config-issues.ts"))};
const found = [];
for (const root of process.argv.slice(1)) found.push(await configIssues(root));
console.log(JSON.stringify(found));
`;

const WRONG = [
  [
    "export default {\n  site: ],\n};\n",
    "astro.config.mjs:2 The configuration of Astro can't be loaded: Unexpected token ']'",
  ],
  [
    'import x from "no-such-package";\n',
    "astro.config.mjs:1 The package no-such-package isn't installed | Correct its name, or install it:\nnpm install no-such-package",
  ],
  [
    '\nimport x from "./plugins/quiet.mjs";\n',
    "astro.config.mjs:2 This imports a file that isn't there: plugins/quiet.mjs",
  ],
  [
    "const name = process.env.NO_SUCH_NAME.trim();\n",
    "astro.config.mjs:1 The configuration of Astro can't be loaded: Cannot read",
  ],
  [
    'import "./plugins/loud.mjs";\n',
    "plugins/loud.mjs:1 The configuration of Astro can't be loaded: too loud",
  ],
  ['throw "a text";\n', "astro.config.mjs:undefined The configuration of Astro can't be loaded: a text"],
  [
    `import backfence from ${INTEGRATION};\n\nbackfence({ componets: {} });\n`,
    "astro.config.mjs:3 backfence(): unknown option `componets` | Did you mean `components`?",
  ],
] as const;

const READ: readonly Readonly<Record<string, string>>[] = [
  {},
  { "astro.config.mjs": "export default {};\n" },
  {
    "astro.config.mjs": 'import { add } from "./plugins/add";\nexport default { add };\n',
    "plugins/add.ts": "export const add = (one: number): number => one + 1;\n",
  },
];

let found: readonly (readonly string[])[] = [];

beforeAll(async () => {
  const loud = 'throw new Error("too loud");\n';
  const wrong = WRONG.map(([config]) => blogFolder({ "astro.config.mjs": config, "plugins/loud.mjs": loud }));
  const folders = [...wrong, ...READ.map((files) => blogFolder(files))];
  const { output } = await runNode(["--input-type=module", "-e", SCRIPT, ...folders], {
    cwd: repository,
    env: {},
  });
  const issues = JSON.parse(output) as { file: string; line?: number; message: string; hint: string }[][];
  found = issues.map((list) =>
    list.map(({ file, line, message, hint }) => `${file}:${line} ${message} | ${hint}`),
  );
});

test.each(WRONG.map(([config, issue], at) => ({ config, issue, at })))(
  "$config is named with its place, before Astro ends with a stack",
  ({ issue, at }) => {
    expect(found[at]).toEqual([expect.stringContaining(issue)]);
  },
);

test("a configuration that Astro can load with Vite is no error", () => {
  expect(found.slice(WRONG.length)).toEqual(READ.map(() => []));
});
