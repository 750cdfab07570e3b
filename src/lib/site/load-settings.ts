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
import { oldFeedsMeant, redirectsMeant } from "./old-address-forms.ts";
import { findOwnWords } from "./own-words.ts";
import type { Settings } from "./settings.ts";

export interface LoadedSettings {
  /** Settings, with defaults for missing and invalid values. */
  readonly settings: Settings;
  readonly issues: readonly AuthorIssue[];
  /** Notes for the author, such as that site.yaml is missing. */
  readonly notes: readonly string[];
  /** Parsed YAML, to look up the lines of keys. */
  readonly source: YamlSource;
}

/** Hints for keys that other programs use. */
const KEYS_ELSEWHERE: Readonly<Record<string, string>> = {
  name: "Here it's called `title`.",
  author: "Authors are files. Make content/authors/me.yaml with\nname: Me",
  authors: "Authors are files. Make content/authors/me.yaml with\nname: Me",
  tagline: "Here it's called `description`.",
  ...calledHere("url", "baseUrl site siteUrl website homepage rootUrl host domain cname"),
  ...calledHere("description", "subtitle summary slogan about"),
  ...calledHere("lang", "language languageCode locale defaultContentLanguage defaultLanguage"),
  ...calledHere("timeZone", "tz"),
  ...calledHere("licence", "license"),
  ...calledHere("menu", "nav navbar menus"),
  ...calledHere(
    "profiles",
    "social socials socialLinks twitter github githubUsername mastodon bluesky linkedin rel",
  ),
  ...calledHere("postsPerPage", "paginate pagination perPage pageSize itemsPerPage"),
  ...calledHere("replyEmail", "email mail"),
  ...calledHere("since", "copyright copyrightYear"),
  ...calledHere("theme", "themes remoteTheme"),
  ...calledHere("permalinks", "permalink"),
  ...calledHere("redirects", "redirect rewrites aliases"),
  ...calledHere("analytics", "googleAnalytics ga gtag plausible"),
  ...forNames("base basePath root", "The path is part of `url`:\nurl: https://me.example/blog/"),
  ...forNames(
    "drafts draft buildDrafts showDrafts future buildFuture",
    "Leave it out: `npm run dev` shows drafts and future posts, and a build leaves them out.",
  ),
  ...forNames(
    "rss feed feeds sitemap search robots enableRobotsTXT math katex mathjax mermaid highlight syntaxHighlighting",
    "Leave it out: a blog always has it.",
  ),
  ...forNames(
    "darkMode colorScheme defaultTheme",
    "Leave it out: pages follow the setting of the reader's device.",
  ),
  ...forNames(
    "output outDir publishDir destination srcDir source publicDir trailingSlash minify markdown plugins integrations",
    "Leave it out. Where it's needed, it belongs into astro.config.mjs: https://docs.astro.build/en/reference/configuration-reference/",
  ),
  ...forNames("contentDir", "It's an option of backfence() in astro.config.mjs."),
  ...forNames(
    "disqus disqusShortname",
    "Comments of Disqus can be imported; docs/import/comments.md says how.",
  ),
  ...forNames(
    "exclude include collections defaults sass params taxonomies outputs",
    "Leave it out: it has no meaning here.",
  ),
};

function calledHere(key: string, names: string): Readonly<Record<string, string>> {
  return forNames(names, `Here it's called \`${key}\`.`);
}

function forNames(names: string, advice: string): Readonly<Record<string, string>> {
  return Object.fromEntries(names.split(" ").map((name) => [name, advice]));
}

/** Keys of `look`, by their own names and by names in other programs. */
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
  color: "accent",
  colors: "accent",
  colour: "accent",
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
 * Reads `site.yaml` and `words.yaml`. If `site.yaml` is missing or empty, the settings are the defaults.
 * @param contentDir the author's folder, absolute.
 * @param root folder that paths in messages are relative to, absolute.
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
 * Loads the blog's settings.
 * @throws AuthorError when `site.yaml`, `words.yaml` or a file of the look has errors.
 */
export function loadSettings(folders: { contentDir: string; root: string }): Settings {
  const { settings, issues } = findSettings(folders);
  if (issues.length > 0) throw new AuthorError(issues);
  return settings;
}

/** Converts other forms of `redirects` and `oldFeeds` to the form of the schema. */
function withMeantForms(source: YamlSource): YamlSource {
  const { data } = source;
  if (typeof data !== "object" || data === null || Array.isArray(data)) return source;
  const { redirects, oldFeeds }: { readonly redirects?: unknown; readonly oldFeeds?: unknown } = data;
  const meant = {
    ...(redirects === undefined ? {} : { redirects: redirectsMeant(redirects) }),
    ...(oldFeeds === undefined ? {} : { oldFeeds: oldFeedsMeant(oldFeeds) }),
  };
  return { ...source, data: { ...data, ...meant } };
}

/** Reads the text of a `site.yaml`. */
export function readSettings(text: string, file: string): LoadedSettings {
  const source = withMeantForms(readYaml(text.replace(/^\uFEFF/, ""), file));
  const { partial, issues } = checkYaml(settingsSchema, source, {
    owner: "the settings",
    otherNames: OTHER_NAMES,
  });
  // Without a time zone, every date without a zone would be a further error.
  const zone =
    partial.timeZone === undefined && issues.some(({ message }) => message.startsWith("`timeZone`"))
      ? { timeZone: "UTC" }
      : {};
  const settings = { ...defaultSettings(), ...partial, ...zone };
  const people = settings.comments ? settings.people : { ...settings.people, isOn: false };
  return { settings: { ...settings, people }, issues, notes: [], source };
}
