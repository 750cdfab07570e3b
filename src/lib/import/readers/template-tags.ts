/** Tags of static generators in Markdown: Hugo's and Zola's shortcodes, Jekyll's Liquid, Hexo's tags. */
import type { StaticGenerator } from "./static-site.ts";

export interface CleanedTags {
  readonly text: string;
  /** Names of tags that aren't known, in words. */
  readonly losses: readonly string[];
}

const FILM: Readonly<Record<string, (id: string) => string>> = {
  youtube: (id) => `https://www.youtube.com/watch?v=${id}`,
  vimeo: (id) => `https://vimeo.com/${id}`,
};
/** Fenced code is shown as it is. */
const CODE = /^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1[`~]*[ \t]*$|`[^`\n]+`/gm;

/** The text with the tags that mean something here; `import` lines of MDX are gone. */
export function cleanTags(text: string, generator: StaticGenerator): CleanedTags {
  const losses = new Set<string>();
  const blocks = blockTags(text);
  let done = 0;
  let result = "";
  for (const { 0: code, index } of blocks.matchAll(CODE)) {
    result += inlineTags(blocks.slice(done, index), losses) + code;
    done = index + code.length;
  }
  result += inlineTags(blocks.slice(done), losses);
  const withoutImports =
    generator === "astro" || generator === "hugo" ? result.replace(/^(?:import|export) .*\n/gm, "") : result;
  return { text: withoutImports.replace(/^\n+/, ""), losses: [...losses] };
}

/** Code between tags as a fence. */
function blockTags(text: string): string {
  return text
    .replace(/\{% *highlight +([\w+#-]+)[^%]*%\}\n?([\s\S]*?)\n?\{% *endhighlight *%\}/g, fence)
    .replace(
      /\{\{[<%] *highlight +"?([\w+#-]+)"?[^>%]*[>%]\}\}\n?([\s\S]*?)\n?\{\{[<%] *\/ *highlight *[>%]\}\}/g,
      fence,
    )
    .replace(
      /\{% *code(?:block)?[^%]*?(?:lang:([\w+#-]+))?[^%]*%\}\n?([\s\S]*?)\n?\{% *endcode(?:block)? *%\}/g,
      fence,
    )
    .replace(/\{% *(?:end)?raw *%\}\n?/g, "");
}

function fence(_whole: string, language: string | undefined, code: string): string {
  const marks = code.includes("```") ? "````" : "```";
  return `\n${marks}${language ?? ""}\n${code}\n${marks}\n`;
}

function inlineTags(text: string, losses: Set<string>): string {
  return text
    .replace(/<!--\s*(?:more|TEASER_END)\s*-->\n?/gi, "")
    .replace(/\{\{ *site\.(?:baseurl|url) *\}\}/g, "")
    .replace(
      /\{\{ *["']([^"'}]+)["'] *\| *(?:relative_url|absolute_url|url|prepend: *site\.baseurl) *\}\}/g,
      "$1",
    )
    .replace(
      /\{% *(?:post_url|post_path|link) +([^%\s]+) *%\}/g,
      (_whole, name: string) => `./${name.replace(/^.*\//, "").replace(/\.\w+$/, "")}.md`,
    )
    .replace(/\{\{[<%] *\/?\* *|\* *\/[>%]\}\}/g, "")
    .replace(/\{\{[<%] *(?:rel)?ref +"([^"]+)"[^>%]*[>%]\}\}/g, (_whole, target: string) =>
      target.replace(/\.md$/, "").replace(/^\/?/, "/"),
    )
    .replace(/\{\{[<%] *(youtube|vimeo)(?:_simple)? +(?:id=)?"?([\w-]+)"?[^>%]*[>%]\}\}/g, film)
    .replace(/\{% *(youtube|vimeo) +([\w-]+)[^%]*%\}/g, film)
    .replace(/\{\{ *(youtube|vimeo)\(id="([\w-]+)"[^)]*\) *\}\}/g, film)
    .replace(/\{\{[<%] *figure +([^>%]*?)\/? *[>%]\}\}/g, figure)
    .replace(
      /\{% *asset_img +(\S+) *([^%]*)%\}/g,
      (_whole, src: string, words: string) => `![${words.trim() || "Picture"}](${src})`,
    )
    .replace(/\{\{[<%] *\/?([\w.-]+)[^{}]*[>%]\}\}/g, (whole, name: string) => unknown(whole, name, losses))
    .replace(/\{% *(?:end)?(\w+)[^{}]*%\}/g, (whole, name: string) => unknown(whole, name, losses));
}

function film(_whole: string, network: string, id: string): string {
  return `\n\n${FILM[network]?.(id) ?? ""}\n\n`;
}

function figure(_whole: string, attributes: string): string {
  const value = (name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? "";
  const caption = value("caption") || value("title");
  const title = caption === "" ? "" : ` "${caption.replaceAll('"', "”")}"`;
  return `\n\n![${value("alt") || caption || "Picture"}](${value("src")}${title})\n\n`;
}

/** Stays in the text, so that nothing is lost. */
function unknown(whole: string, name: string, losses: Set<string>): string {
  losses.add(`the tag "${name}"`);
  return whole.replaceAll("{", "\\{").replaceAll("}", "\\}").replaceAll("<", "\\<");
}
