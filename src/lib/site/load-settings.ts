import path from "node:path";
import { AuthorError } from "../author-error.ts";
import type { AuthorIssue } from "../author-error.ts";
import { readIfThere } from "../cache/file-state.ts";
import { checkYaml } from "../yaml/check.ts";
import { decodeText } from "../yaml/decode-text.ts";
import { readYaml } from "../yaml/source.ts";
import type { YamlSource } from "../yaml/source.ts";
import { loadAppearance } from "../themes/appearance.ts";
import { defaultSettings, settingsSchema } from "./settings-schema.ts";
import { meantAnalyticsId, missingOfAnalytics } from "./analytics.ts";
import { meantNewsletterId, missingOfNewsletter } from "./newsletter.ts";
import { missingOfEditor } from "../editor/editor-backend.ts";
import { findOwnWords } from "./own-words.ts";
import type { Settings } from "./settings.ts";

export interface LoadedSettings {
  /** The defaults for what the file doesn't say, or says wrongly. */
  readonly settings: Settings;
  readonly issues: readonly AuthorIssue[];
  /** Notes for the author, such as that there are no settings yet. */
  readonly notes: readonly string[];
  /** For the lines of keys. */
  readonly source: YamlSource;
}

/** Settings called otherwise by other programs. */
const KEYS_ELSEWHERE: Readonly<Record<string, string>> = {
  name: "Here it's called `title`.",
  author: "Authors are files. Make content/authors/me.yaml with\nname: Me",
  authors: "Authors are files. Make content/authors/me.yaml with\nname: Me",
  tagline: "Here it's called `description`.",
  baseUrl: "Here it's called `url`.",
  baseURL: "Here it's called `url`.",
  site: "Here it's called `url`.",
  language: "Here it's called `lang`.",
  timezone: "Did you mean `timeZone`?",
  license: "Here it's called `licence`.",
  nav: "Here it's called `menu`.",
  social: "Here it's called `profiles`.",
  paginate: "Here it's called `postsPerPage`.",
};

/** Keys of `look`, and what other programs call them. */
const LOOK_KEYS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.keys(settingsSchema.parse({}).look).map((key) => [key, key])),
  accentColor: "accent",
  accent_color: "accent",
  primaryColor: "accent",
  background: "paper",
  fonts: "font",
  favicon: "icon",
  customCss: "css",
  customCSS: "css",
  stylesheet: "css",
};

const OTHER_NAMES: Readonly<Record<string, string>> = {
  ...KEYS_ELSEWHERE,
  ...Object.fromEntries(
    Object.entries(LOOK_KEYS).map(([name, key]) => [
      name,
      `It's \`${key}\` below \`look\`:\nlook:\n  ${key}: …`,
    ]),
  ),
};

/**
 * Reads `site.yaml` and `words.yaml`. A blog without a `site.yaml`, or with an empty one, has the defaults.
 * @param contentDir the author's folder, absolute.
 * @param root the folder that paths in messages start from, absolute.
 */
export function findSettings({ contentDir, root }: { contentDir: string; root: string }): LoadedSettings {
  const absolute = path.join(contentDir, "site.yaml");
  const file = path.relative(root, absolute).split(path.sep).join("/");
  const bytes = readIfThere(absolute);
  const { text, issue } = decodeText(bytes ?? Buffer.alloc(0), file);
  const loaded = issue === null ? readSettings(text, file) : { ...readSettings("", file), issues: [issue] };
  const own = findOwnWords({ contentDir, root }, loaded.settings.lang);
  const { lineOf } = loaded.source;
  const look = loadAppearance(loaded.settings, { contentDir, root, file, lineOf });
  const gaps = [
    ...missing("analytics", missingOfAnalytics(loaded.settings)),
    ...missing("newsletter", missingOfNewsletter(loaded.settings)),
    ...missing("editor", missingOfEditor(loaded.settings.editor)),
  ].map(({ key, needed }) => ({
    message: `\`${key}\` needs \`${needed}\``,
    file,
    line: lineOf([key]),
    hint: `For example:\n${key}:\n  ${needed}: ${EXAMPLES[needed]}`,
  }));
  const addresses = [
    { key: "analytics", id: meantAnalyticsId(loaded.settings) },
    { key: "newsletter", id: meantNewsletterId(loaded.settings) },
  ].flatMap(({ key, id }) =>
    id === null
      ? []
      : [
          {
            message: `\`${key}.id\` should be the id alone, without the rest of an address`,
            file,
            line: lineOf([key, "id"]),
            hint: `Write it like this:\n${key}:\n  id: ${id}`,
          },
        ],
  );
  const found: LoadedSettings = {
    ...loaded,
    settings: { ...loaded.settings, words: own.words, appearance: look.appearance },
    issues: [...loaded.issues, ...own.issues, ...look.issues, ...gaps, ...addresses],
  };
  const isBare = loaded.issues.length === 0 && loaded.source.data === null;
  if (!isBare) return found;
  const state = bytes === null ? "There is no" : "Nothing is set in";
  return {
    ...found,
    notes: [`${state} ${file}: the blog has the default settings (see docs/settings.md).`],
  };
}

const EXAMPLES = {
  id: "my-blog",
  host: "https://stats.me.example",
  action: "https://letters.example/subscribe",
  repo: "me/blog",
};

function missing(key: string, needed: keyof typeof EXAMPLES | null) {
  return needed === null ? [] : [{ key, needed }];
}

/**
 * The blog's settings.
 * @throws AuthorError when `site.yaml` has errors.
 */
export function loadSettings(folders: { contentDir: string; root: string }): Settings {
  const { settings, issues } = findSettings(folders);
  if (issues.length > 0) throw new AuthorError(issues);
  return settings;
}

/** Reads the text of a `site.yaml`. */
export function readSettings(text: string, file: string): LoadedSettings {
  const source = readYaml(text.replace(/^\uFEFF/, ""), file);
  const { partial, issues } = checkYaml(settingsSchema, source, {
    owner: "the settings",
    otherNames: OTHER_NAMES,
  });
  const settings = { ...defaultSettings(), ...partial };
  const people = settings.comments ? settings.people : { ...settings.people, isOn: false };
  return { settings: { ...settings, people }, issues, notes: [], source };
}
