import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DRAWING } from "../fixtures/drawing.ts";
import { tempFolder } from "./temp-folder.ts";
import { FileCache } from "../../src/lib/cache/file-cache.ts";
import { createPictures } from "../../src/lib/images/image-resolver.ts";
import type { Pictures } from "../../src/lib/images/image-resolver.ts";
import { renderBody } from "../../src/lib/markdown/render-body.ts";
import type { BodySource, RenderedBody } from "../../src/lib/markdown/render-body.ts";

/** A folder with one post and a few pictures, for tests of the Markdown renderer. */
export interface TestBlog {
  readonly root: string;
  readonly cache: FileCache;
  readonly pictures: Pictures;
  source(text: string, changes?: Partial<BodySource>): BodySource;
  render(text: string, changes?: Partial<BodySource>): Promise<RenderedBody>;
  /** Renders a text to HTML; errors in the text fail the test. */
  html(text: string, changes?: Partial<BodySource>): Promise<string>;
  /** Returns the errors in a text as `line: message`, followed by the hint. */
  mistakes(text: string, changes?: Partial<BodySource>): Promise<string[]>;
  write(file: string, content: string | Uint8Array): void;
}

export function testBlog(): TestBlog {
  const root = tempFolder("markdown");
  const cache = new FileCache(path.join(root, ".cache"));
  const pictures = createPictures({ root, cache });
  const blog: TestBlog = {
    root,
    cache,
    pictures,
    source: (text, changes) => ({
      file: "content/posts/hello/index.mdx",
      source: text,
      lineOffset: 0,
      lang: "en",
      base: "/",
      root,
      ...changes,
    }),
    render: (text, changes) => renderBody(blog.source(text, changes), pictures),
    async html(text, changes) {
      const { html, issues } = await blog.render(text, changes);
      if (issues.length > 0) throw new Error(JSON.stringify(issues, null, 2));
      return html ?? "";
    },
    async mistakes(text, changes) {
      const { issues } = await blog.render(text, changes);
      return issues.map((issue) => `${issue.line}: ${issue.message}\n${issue.hint}`);
    },
    write(file, content) {
      const target = path.join(root, file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, content);
    },
  };
  blog.write("content/posts/hello/fence.svg", DRAWING);
  blog.write("content/posts/hello/gate.svg", DRAWING.replace("400 300", "300 300"));
  blog.write("content/posts/hello/talk.mp4", "not really a film");
  blog.write("content/posts/hello/talk.vtt", "WEBVTT\n\n00:00.000 --> 00:02.000\nHello.\n");
  return blog;
}
