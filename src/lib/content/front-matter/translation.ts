import { stringify } from "yaml";
import type { AuthorIssue } from "../../author-error.ts";
import { slugOf, tagSlug } from "../../site/slug.ts";
import type { YamlSource } from "../../yaml/source.ts";
import { addressOf, authorsOf, claimOf, coverOf, isHeldBack, isRecord, seriesOf, tagsIn } from "./convert.ts";
import { foreignKey, plainKey } from "./foreign-keys.ts";

/** A key of another generator and the key of ours it was read as; `to` is null for an ignored key. */
export interface ForeignReading {
  readonly from: string;
  readonly to: string | null;
}

export interface Translated {
  /** Data with our keys. Lines and written values are looked up by the keys in the file. */
  readonly source: YamlSource;
  readonly readings: readonly ForeignReading[];
  /** Ambiguous or malformed tags. */
  readonly issues: readonly AuthorIssue[];
  /** For each of our keys, the keys in the file that it comes from. */
  readonly origins: ReadonlyMap<string, readonly string[]>;
}

/** The last part of a slug that is a path, slugified if it isn't valid in an address. */
function slugFrom(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const last = value.split("/").filter((part) => part.trim() !== "").at(-1) ?? "";
  return /^[\p{L}\p{M}\p{N}\p{So}\u200C\u200D_.~-]+$/u.test(last) || last === "" ? last : slugOf(last);
}

/** Issue for a tag that YAML reads as an object because of a colon, such as `- Book: Dune`. */
function groupForTag(group: Readonly<Record<string, unknown>>, place: readonly PropertyKey[], source: YamlSource): AuthorIssue {
  const tags = Object.entries(group).map(([key, value]) => (place.length > 1 ? `${key}: ${String(value)}` : key));
  return {
    message: `A colon makes keys with values of what should be tags: ${tags.join(", ")}`,
    file: source.file,
    line: source.lineOf(place),
    hint: place.length > 1 ? `Put it in quotes:\n- ${JSON.stringify(tags.join(", "))}` : `Write a list:\n${tagsLine(tags)}`,
  };
}

/** Removes the quotes of a tag in a string such as `one, "two words"`. */
function withoutQuotes(tag: string): string {
  return tag.trim().replace(/^(["'])(.*)\1$/, "$2");
}

function tagsLine(tags: readonly string[]): string {
  return `tags: ${stringify(tags, { collectionStyle: "flow", lineWidth: 0, flowCollectionPadding: false }).trim()}`;
}

/** Separators of tags in a string: commas of any script, semicolons, bars and bullets. */
const TAG_MARKS = /[,;，、；•·]|\s\|\s/;

/** Our keys for which `false` means that there is no value. */
const NONE_IF_FALSE: ReadonlySet<string> = new Set(["date", "updated", "expires", "cover", "series", "authors", "tags", "aliases", "link", "canonical"]);

/** Whether a value of `comments` is the name of a comment service. */
function isCommentService(value: unknown): boolean {
  return typeof value === "string" && /^(?:disqus|giscus|utteranc(?:es)?|gitalk|gitment|isso|commento|cusdis|waline|twikoo|valine|facebook|remark42)$/i.test(value);
}

/** Collects front matter with our keys, one key at a time. */
export class Translation {
  readonly #source: YamlSource;
  readonly #known: ReadonlySet<string>;
  readonly #data: Record<string, unknown> = {};
  readonly #origins = new Map<string, string[]>();
  /** For each item of `tags`, its path in the file. */
  readonly #tagOrigins: (readonly PropertyKey[])[] = [];
  readonly #readings: ForeignReading[] = [];
  readonly #issues: AuthorIssue[] = [];

  constructor(source: YamlSource, known: readonly string[]) {
    this.#source = source;
    this.#known = new Set(known);
  }

  result(): Translated {
    const { lineOf, writtenAt } = this.#source;
    const inFile = (path: readonly PropertyKey[]): readonly PropertyKey[] => this.#pathInFile(path);
    const source: YamlSource = {
      ...this.#source,
      data: this.#data,
      lineOf: (path) => lineOf(inFile(path)),
      writtenAt: (path) => writtenAt(inFile(path)),
    };
    return { source, readings: this.#readings, issues: this.#issues, origins: this.#origins };
  }

  #pathInFile([key, ...rest]: readonly PropertyKey[]): readonly PropertyKey[] {
    if (key === undefined) return [];
    const [place] = rest;
    if (key === "tags" && typeof place === "number") return this.#tagOrigins[place] ?? ["tags", place];
    return [this.#origins.get(String(key))?.[0] ?? key, ...rest];
  }

  takeOwn(key: string, name: string, written: unknown): void {
    const value = written === false && NONE_IF_FALSE.has(name) ? null : written;
    if (value === null) {
      this.#set(key, name, value, key !== name);
      return;
    }
    switch (name) {
      case "tags":
        this.#addTags(key, value);
        break;
      case "authors": {
        const authors = authorsOf(value);
        this.#set(key, name, Array.isArray(authors) && authors.length === 0 ? null : authors, key !== name);
        return;
      }
      case "date":
      case "updated":
      case "expires":
        this.#set(key, name, Array.isArray(value) && value.length === 1 ? value[0] : value, key !== name);
        return;
      case "comments":
        // In some themes, the value is the name or the settings of a comment service.
        this.#setComments(key, claimOf(value) ?? (isRecord(value) || isCommentService(value) ? true : undefined), value);
        return;
      case "pinned":
      case "toc":
        this.#set(key, name, claimOf(value) ?? (name === "toc" && isRecord(value) ? true : value), key !== name);
        return;
      case "slug":
        this.#set(key, name, slugFrom(value), key !== name);
        return;
      case "series":
        this.#set(key, name, seriesOf(value), key !== name);
        return;
      case "cover":
        this.#setCover(key, value);
        return;
      default:
        this.#set(key, name, value, key !== name);
        return;
    }
    if (key !== name) this.#readings.push({ from: key, to: name });
  }

  /** Sets a cover whose file has another key, as in Hugo themes. Other keys of the cover are ignored. */
  #setCover(key: string, value: unknown): void {
    const isEmbed = typeof value === "string" && /^!?\[\[/.test(value);
    const hasOurs = !isRecord(value) || ("src" in value && !("altText" in value || "alt_text" in value));
    const cover = isEmbed || Array.isArray(value) || !hasOurs ? coverOf(value) : undefined;
    this.#set(key, "cover", cover ?? value, key !== "cover");
    if (!isRecord(value) || !isRecord(cover)) return;
    const read = new Set<unknown>(Object.values(cover));
    for (const [inner, one] of Object.entries(value)) {
      if (!read.has(one)) this.ignore(`${key}.${inner}`);
      else if (!Object.hasOwn(cover, inner)) this.#note(`${key}.${inner}`, one === cover["src"] ? "cover.src" : "cover.alt");
    }
  }

  takeForeign(key: string, value: unknown): void {
    const reading = foreignKey(key);
    switch (reading) {
      case null:
        this.#data[key] = value;
        return;
      case "ignored":
        return this.ignore(key);
      case "tags":
      case "category":
        if (value !== null) this.#addTags(key, value);
        return this.#note(key, "tags");
      case "authors":
        return this.#authors(key, authorsOf(value));
      case "cover":
        return this.#fill(key, "cover", coverOf(value));
      case "header":
        return this.#fill(key, "cover", coverOf(value));
      case "cover.alt":
        return this.#coverAlt(key, value);
      case "draft":
        return this.#hold(key, claimOf(value));
      case "published":
        return this.#published(key, value);
      case "status":
        return this.#hold(key, isHeldBack(value));
      case "comments":
        return this.#setComments(key, claimOf(value), undefined);
      case "noComments":
        return this.#setComments(key, claimOf(value) === true ? false : undefined, undefined);
      case "toc":
        return this.#fill(key, reading, claimOf(value));
      case "pinned":
        // `featured` is a picture in some themes.
        return claimOf(value) === undefined
          ? this.#fill(key, "cover", coverOf(value))
          : this.#fill(key, reading, claimOf(value));
      case "date":
        return this.#date(key, value);
      case "updated":
        return this.#fill(key, reading, isRecord(value) ? value["date"] : typeof value === "boolean" ? undefined : value);
      case "series":
        return this.#fill(key, reading, seriesOf(value));
      case "noToc":
        return this.#fill(key, "toc", claimOf(value) === true ? false : undefined);
      case "aliases":
        return this.#addAliases(key, value);
      case "address":
        return this.#address(key, value);
      case "canonical":
        return this.#fill(key, reading, typeof value === "string" && !value.startsWith("/") ? value : undefined);
      case "extra":
        return this.#fill(key, reading, isRecord(value) ? value : undefined);
      case "taxonomies":
        return this.#taxonomies(key, value);
      case "metadata":
        return this.#fill(key, "canonical", isRecord(value) ? (value["canonical"] ?? undefined) : undefined);
      case "password":
        return this.#hold(key, claimOf(value) ?? (value !== null && value !== ""));
      default:
        return this.#fill(key, reading, isRecord(value) || Array.isArray(value) ? undefined : value);
    }
  }

  /** In Hugo, `publishDate` takes precedence over `date`. */
  #date(key: string, value: unknown): void {
    const before = this.#origins.get("date")?.[0];
    if (plainKey(key) === "publishdate" && before !== undefined && typeof value === "string") {
      delete this.#data["date"];
      this.ignore(before);
    }
    this.#fill(key, "date", isRecord(value) || Array.isArray(value) || typeof value === "boolean" ? undefined : value);
  }

  #authors(key: string, authors: unknown): void {
    this.#fill(key, "authors", Array.isArray(authors) && authors.length === 0 ? undefined : authors);
  }

  ignore(key: string): void {
    this.#readings.push({ from: key, to: null });
  }

  #note(from: string, to: string): void {
    this.#readings.push({ from, to });
  }

  #set(key: string, name: string, value: unknown, isForeign: boolean): void {
    if (Object.hasOwn(this.#data, name) && this.#data[name] !== null) return this.ignore(key);
    this.#data[name] = value;
    this.#origins.set(name, [key]);
    if (isForeign) this.#note(key, name);
  }

  /** Sets one of our keys if it's missing. Empty values, and values for a key that is already set, are ignored. */
  #fill(key: string, name: string, value: unknown): void {
    const isEmpty = value === undefined || value === null || (typeof value === "string" && value.trim() === "");
    if (isEmpty || !this.#known.has(name)) return this.ignore(key);
    this.#set(key, name, value, true);
  }

  #addTags(key: string, value: unknown): void {
    if (!this.#known.has("tags")) return this.ignore(key);
    const tags: unknown[] = Array.isArray(this.#data["tags"]) ? this.#data["tags"] : [];
    const have = new Set(tags.map((tag) => tagSlug(String(tag))));
    const items = Array.isArray(value)
      ? value.flatMap((item: unknown, at) => tagsIn(item).map((tag) => ({ tag, place: [key, at] })))
      : this.#tagList(key, value).map((tag) => ({ tag, place: [key] }));
    for (const { tag, place } of items) {
      if (isRecord(tag)) {
        this.#issues.push(groupForTag(tag, place, this.#source));
        continue;
      }
      const isOwn = key === "tags";
      if (!isOwn && have.has(tagSlug(String(tag)))) continue;
      have.add(tagSlug(String(tag)));
      tags.push(tag);
      this.#tagOrigins.push(place);
    }
    this.#data["tags"] = tags;
    this.#origins.set("tags", [...(this.#origins.get("tags") ?? []), key]);
  }

  #tagList(key: string, value: unknown): readonly unknown[] {
    if (typeof value !== "string" || value.startsWith("[[")) return tagsIn(value);
    if (TAG_MARKS.test(value)) return tagsIn(value.split(TAG_MARKS).map(withoutQuotes).filter(Boolean));
    const words = value.trim().split(/\s+/);
    // YAML reads dashes without a space after them as one string, not as a list.
    if (words.every((word) => /^-\p{L}/u.test(word))) return tagsIn(words.map((word) => word.slice(1)));
    if (words.every((word) => /^#\p{L}/u.test(word))) return tagsIn(words);
    const isPlural = /s$/i.test(key) && plainKey(key) !== "keywords";
    if (words.length < 2 || !isPlural) return tagsIn(value.trim());
    if (this.#isJekyll()) return tagsIn(words);
    const forms = [[value.trim()], words].map((one) => tagsLine(one).replace(/^tags/, key));
    this.#issues.push({
      message: `\`${key}\` can mean one tag or several: ${value.trim()}`,
      file: this.#source.file,
      line: this.#source.lineOf([key]),
      hint: `Write the one you mean:\n${forms.join("\nor\n")}`,
    });
    return tagsIn(value.trim());
  }

  /** Whether the file is a Jekyll post: its name has a date, and it has a layout. Jekyll splits tags at spaces. */
  #isJekyll(): boolean {
    const { data, file } = this.#source;
    return /(?:^|\/)\d{4}-\d{1,2}-\d{1,2}-[^/]+$/.test(file) && isRecord(data) && "layout" in data;
  }

  #coverAlt(key: string, value: unknown): void {
    const cover = this.#data["cover"];
    if (!isRecord(cover) || "alt" in cover || typeof value !== "string" || value.trim() === "")
      return this.ignore(key);
    const { decorative: _, ...rest } = cover;
    this.#data["cover"] = { ...rest, alt: value };
    this.#origins.get("cover")?.push(key);
    this.#note(key, "cover.alt");
  }

  /** A key that marks the post as unpublished takes precedence. */
  #hold(key: string, isHeld: boolean | undefined): void {
    if (isHeld !== true) return this.ignore(key);
    const before = this.#origins.get("draft") ?? [];
    this.#data["draft"] = true;
    this.#origins.set("draft", [...before, key]);
    this.#note(key, "draft");
  }

  #published(key: string, value: unknown): void {
    const claim = claimOf(value);
    if (claim !== undefined) return this.#hold(key, !claim);
    this.#fill(key, "date", value);
  }

  #setComments(key: string, isOn: boolean | undefined, other: unknown): void {
    const value = isOn === undefined ? other : isOn ? "open" : "off";
    if (key === "comments") this.#set(key, "comments", value, false);
    else this.#fill(key, "comments", value);
  }

  #addAliases(key: string, value: unknown): void {
    const more: readonly unknown[] = Array.isArray(value) ? value : value === null || value === "" ? [] : [value];
    if (more.length === 0) return this.ignore(key);
    const written = this.#data["aliases"];
    const before: readonly unknown[] = Array.isArray(written) ? written : written === undefined || written === null ? [] : [written];
    this.#data["aliases"] = [...before, ...more.filter((alias) => !before.includes(alias))];
    this.#origins.set("aliases", [...(this.#origins.get("aliases") ?? []), key]);
    this.#note(key, "aliases");
  }

  #address(key: string, value: unknown): void {
    const address = addressOf(plainKey(key), value);
    if (address === undefined) return this.ignore(key);
    if (address.to === "draft") return this.#hold(key, true);
    if (address.to === "link") return this.#fill(key, "link", address.value);
    this.#addAliases(key, address.value);
  }

  #taxonomies(key: string, value: unknown): void {
    if (!isRecord(value)) return this.ignore(key);
    for (const [name, terms] of Object.entries(value)) {
      if (plainKey(name) === "series") this.#fill(key, "series", Array.isArray(terms) ? terms[0] : terms);
      else if (plainKey(name) === "authors") this.#fill(key, "authors", authorsOf(terms));
      else this.#addTags(key, terms);
    }
    if (!this.#readings.some(({ from }) => from === key)) this.#note(key, "tags");
  }
}
