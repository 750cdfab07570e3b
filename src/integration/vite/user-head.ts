import type { Plugin } from "vite";
import type { HeadTag } from "../../lib/site/head-tag.ts";

/** The user's additions to every page: style sheets (absolute paths or package files) and head elements. */
export interface UserHead {
  readonly customCss: readonly string[];
  readonly head: readonly HeadTag[];
}

const ID = "virtual:backfence/user-head";

/** `virtual:backfence/user-head`: imports the user's style sheets and exports the head elements. */
export function userHeadPlugin({ customCss, head }: UserHead): Plugin {
  const imports = customCss.map((file) => `import ${JSON.stringify(file)};`);
  return {
    name: "backfence:user-head",
    resolveId: { filter: { id: /^virtual:backfence\/user-head$/ }, handler: () => `\0${ID}` },
    load: {
      filter: { id: /^\0virtual:backfence\/user-head$/ },
      handler: () => `${imports.join("\n")}\nexport const head = ${JSON.stringify(head)};`,
    },
  };
}
