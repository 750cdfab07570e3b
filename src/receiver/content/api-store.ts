import type { MicropubOptions } from "../options.ts";
import type { ContentStore } from "./content-store.ts";
import { forgejoStore } from "./forgejo.ts";
import { githubStore } from "./github.ts";
import { gitlabStore } from "./gitlab.ts";

/** The store behind the API of a git host; null for a checkout on this machine. */
export function apiStore(options: MicropubOptions): ContentStore | null {
  switch (options.host) {
    case "github":
      return githubStore(options);
    case "gitlab":
      return gitlabStore(options);
    case "forgejo":
      return forgejoStore(options);
    case "git":
      return null;
  }
}
