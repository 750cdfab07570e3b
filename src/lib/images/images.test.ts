import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { toHtml } from "hast-util-to-html";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { FileCache, hashOf } from "../cache/file-cache.ts";
import { pictureElement } from "./picture-element.ts";
import { pictureFiles } from "./image-files.ts";
import { createPictures } from "./image-resolver.ts";
import type { Pictures } from "./image-resolver.ts";
import { variantsOf } from "./image-variants.ts";
import { tintOf } from "./raster-metadata.ts";

let root: string;
let cache: FileCache;
let pictures: Pictures;

beforeAll(async () => {
  root = tempFolder("pictures");
  cache = new FileCache(path.join(root, ".cache"));
  pictures = createPictures({ root, cache });
  const brick = { r: 160, g: 60, b: 40 };
  const plain = sharp({ create: { width: 1000, height: 500, channels: 3, background: brick } });
  write("photo.jpg", await plain.clone().jpeg().toBuffer());
  write("turned.jpg", await plain.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer());
  write(
    "placed.jpg",
    await plain
      .clone()
      .withExif({ IFD3: { GPSLatitude: "51/1 30/1 0/1" } })
      .jpeg()
      .toBuffer(),
  );
  write("small.png", await plain.clone().resize(40, 20).png().toBuffer());
  const clear = { r: 0, g: 0, b: 0, alpha: 0.4 };
  write(
    "clear.png",
    await sharp({ create: { width: 60, height: 60, channels: 4, background: clear } })
      .png()
      .toBuffer(),
  );
  write("shot.webp", await plain.clone().webp().toBuffer());
  write("shot.avif", await plain.clone().resize(64, 32).avif({ effort: 0 }).toBuffer());
  write(
    "moving.gif",
    await sharp(Buffer.alloc(8 * 8 * 3), { raw: { width: 8, height: 8, channels: 3 } })
      .gif()
      .toBuffer(),
  );
  write("broken.jpg", "no picture");
  write("Ünï cödé 日本.svg", svg('viewBox="0 0 400 300"'));
  write("日本.svg", svg('viewBox="0 0 40 30"'));
  write("talk.mp4", "film");
}, 60_000);

function write(file: string, content: string | Uint8Array): void {
  const target = path.join(root, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content);
}

const svg = (attributes: string, inside = ""): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}</svg>`;

async function factsOf(file: string) {
  await pictures.load([file]);
  return pictures.get(file);
}

describe("facts", () => {
  test.each([
    ["photo.jpg", "jpeg", 1000, 500, false],
    ["turned.jpg", "jpeg", 500, 1000, false],
    ["small.png", "png", 40, 20, false],
    ["shot.webp", "webp", 1000, 500, false],
    ["shot.avif", "avif", 64, 32, false],
    ["moving.gif", "gif", 8, 8, true],
    ["Ünï cödé 日本.svg", "svg", 400, 300, true],
  ])("the page keeps room for %s before it arrives", async (file, format, width, height, isKeptAsIs) => {
    expect(await factsOf(file)).toMatchObject({ file, format, width, height, isKeptAsIs, dangers: [] });
  });

  test("a photograph's space is tinted until it loads; a transparent picture's isn't", async () => {
    expect((await factsOf("photo.jpg"))?.tint).toBe(tintOf(160, 60, 40));
    expect((await factsOf("clear.png"))?.tint).toBeNull();
  });

  test("there are 16 tints: four grays, and six hues in dark and light", () => {
    expect([tintOf(0, 0, 0), tintOf(90, 90, 90), tintOf(180, 185, 180), tintOf(255, 255, 255)]).toEqual([
      0, 1, 2, 3,
    ]);
    expect([tintOf(120, 80, 40), tintOf(210, 180, 140)]).toEqual([4, 5]);
    expect([tintOf(40, 60, 140), tintOf(255, 60, 120), tintOf(0, 255, 0)]).toEqual([10, 15, 8]);
  });

  test("a missing file or one that isn't a picture has no metadata", async () => {
    expect(await factsOf("nowhere.jpg")).toBeNull();
    expect(await factsOf("broken.jpg")).toBeNull();
    expect(await factsOf("talk.mp4")).toBeNull();
    expect(pictures.media("talk.mp4")?.file).toBe("talk.mp4");
  });

  test("a picture's metadata stays available while it is loaded again", async () => {
    await pictures.load(["photo.jpg"]);
    const again = pictures.load(["photo.jpg"]);
    expect(pictures.get("photo.jpg")).not.toBeNull();
    await again;
  });

  test("new bytes under the same name give new metadata", async () => {
    write("swap.svg", svg('viewBox="0 0 1 1"'));
    const before = await factsOf("swap.svg");
    write("swap.svg", svg('viewBox="0 0 2 1"'));
    const after = await factsOf("swap.svg");
    expect(after?.hash).not.toBe(before?.hash);
    expect(after?.width).toBe(2);
  });

  test("a later run doesn't read unchanged pictures again, except those written just before", async () => {
    const day = new Date("2024-01-01T00:00:00Z");
    write("old.svg", svg('viewBox="0 0 5 5"'));
    utimesSync(path.join(root, "old.svg"), day, day);
    write("fresh.svg", svg('viewBox="0 0 5 5"'));
    await pictures.load(["old.svg", "fresh.svg"]);
    pictures.remember();
    // Same size, same time, other bytes: counts as unchanged only with stored sizes and times.
    write("old.svg", svg('viewBox="0 0 6 6"'));
    utimesSync(path.join(root, "old.svg"), day, day);
    const later = createPictures({ root, cache });
    write("fresh.svg", svg('viewBox="0 0 6 6"'));
    await later.load(["old.svg", "fresh.svg"]);
    expect(later.get("old.svg")?.width).toBe(5);
    expect(later.get("fresh.svg")?.width).toBe(6);
  });
});

describe("vector pictures", () => {
  test.each([
    ["a script", svg('width="1" height="1"', "<script>alert(1)</script>"), "a <script>"],
    ["a handler", svg('width="1" height="1" onload="alert(1)"'), "an event handler (onload)"],
    ["foreign HTML", svg('width="1" height="1"', "<foreignObject/>"), "a <foreignObject>"],
    [
      "another file",
      svg('width="1" height="1"', '<image href="https://x.example/a.png"/>'),
      "a reference to another file",
    ],
    [
      "an old link",
      svg('xmlns:xlink="http://www.w3.org/1999/xlink" width="1" height="1"', '<use xlink:href="a.svg#b"/>'),
      "a reference to another file",
    ],
    [
      "an SVG in an address",
      svg('width="1" height="1"', '<image href="data:image/svg+xml,x"/>'),
      "a reference to another file",
    ],
    [
      "a script in a link",
      svg('width="1" height="1"', '<a href=" java&#10;script:alert(1)">x</a>'),
      "a javascript: address",
    ],
    [
      "an import in a style",
      svg('width="1" height="1"', "<style>@import 'https://x.example/a.css';</style>"),
      "a style that fetches from elsewhere",
    ],
    [
      "a font in a style",
      svg('width="1" height="1"', "<style><![CDATA[@font-face{src:url(//x.example/f)}]]></style>"),
      "a style that fetches from elsewhere",
    ],
    [
      "an address in an attribute",
      svg('width="1" height="1"', '<rect fill="url(https://x.example/#a)"/>'),
      "a style that fetches from elsewhere",
    ],
    [
      "declarations",
      `<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>${svg('width="1" height="1"')}`,
      "a DOCTYPE with declarations",
    ],
  ])("%s is found", async (name, text, danger) => {
    write(`${name}.svg`, text);
    expect((await factsOf(`${name}.svg`))?.dangers).toContain(danger);
  });

  test("drawings with gradients, styles, internal references and embedded photographs are safe", async () => {
    write(
      "fine.svg",
      `<?xml version="1.0"?>\n<!-- drawn by hand -->\n${svg(
        'width="10" height="5" style="color:red"',
        '<defs><linearGradient id="g"/></defs><style>.a{fill:url(#g)}@media print{.a{fill:none}}</style>' +
          '<rect class="a" fill="url(#g)"/><use href="#g"/><image href="data:image/png;base64,AA"/><a href="https://x.example/">x</a>',
      )}`,
    );
    expect(await factsOf("fine.svg")).toMatchObject({ dangers: [], width: 10, height: 5 });
  });

  test.each([
    ['viewBox="0 0 400 300"', 400, 300],
    ['viewBox="0,0,400,300" width="200"', 200, 150],
    ['viewBox="0 0 400 300" height="150px"', 200, 150],
    ['width="100%" height="100%" viewBox="0 0 40 30"', 40, 30],
    ['width="12.4" height="7"', 12, 7],
    ["", 300, 150],
  ])("a drawing with %s has a size", async (attributes, width, height) => {
    write("size.svg", svg(attributes));
    expect(await factsOf("size.svg")).toMatchObject({ width, height });
  });

  test("broken XML is an error and not published", async () => {
    write("torn.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><g></svg>');
    expect((await factsOf("torn.svg"))?.dangers[0]).toMatch(/^a mistake in its XML/);
    write("other.svg", "<html></html>");
    expect(await factsOf("other.svg")).toBeNull();
  });
});

describe("published files", () => {
  test("a picture is offered in modern formats and smaller sizes, and never enlarged", async () => {
    const facts = await factsOf("photo.jpg");
    if (facts === null) throw new Error("no facts");
    const { full, sources } = variantsOf(facts);
    expect(full.path).toMatch(/^\/pictures\/photo\.[0-9a-f]{8}\.jpg$/);
    expect(sources.map(({ format, files }) => [format, files.map((file) => file.width)])).toEqual([
      ["avif", [480, 800, 1000]],
      ["webp", [800, 1000]],
    ]);
    expect(
      toHtml(pictureElement(facts, "A wall", { base: "/blog/" })).replaceAll(/\.[0-9a-f]{8}/g, ".HASH"),
    ).toBe(
      '<picture><source type="image/avif" srcset="/blog/pictures/photo.HASH-480.avif 480w, /blog/pictures/photo.HASH-800.avif 800w, ' +
        '/blog/pictures/photo.HASH-1000.avif 1000w" sizes="(min-width: 46rem) 42rem, 92vw"><source type="image/webp" ' +
        'srcset="/blog/pictures/photo.HASH-800.webp 800w, /blog/pictures/photo.HASH-1000.webp 1000w" ' +
        'sizes="(min-width: 46rem) 42rem, 92vw"><img src="/blog/pictures/photo.HASH.jpg" alt="A wall" width="1000" height="500" ' +
        `class="tint-${facts.tint}" loading="lazy" decoding="async"></picture>`,
    );
  });

  test("every URL in the HTML has a file with the declared size and format", async () => {
    const files = [
      "photo.jpg",
      "turned.jpg",
      "small.png",
      "clear.png",
      "shot.webp",
      "shot.avif",
      "moving.gif",
      "日本.svg",
    ];
    await pictures.load([...files, "talk.mp4"]);
    const specs = pictureFiles([...files, "talk.mp4", "photo.jpg"], { root, cache, pictures });
    const byPath = new Map(specs.map((spec) => [spec.path, spec]));
    for (const file of files) {
      const facts = await factsOf(file);
      if (facts === null) throw new Error(`no facts of ${file}`);
      const { full, sources } = variantsOf(facts);
      for (const variant of [full, ...sources.flatMap((source) => source.files)]) {
        const bytes = Buffer.from((await byPath.get(variant.path)?.make()) ?? "");
        byPath.delete(variant.path);
        if (variant.format === "svg") continue;
        const made = await sharp(bytes).metadata();
        expect([made.width, made.format, made.orientation ?? 1]).toEqual([
          variant.width,
          variant.format === "avif" ? "heif" : variant.format,
          1,
        ]);
        expect(made.height).toBe(Math.round((facts.height * variant.width) / facts.width));
      }
    }
    expect([...byPath.keys()]).toEqual([expect.stringMatching(/^\/pictures\/talk\.[0-9a-f]{8}\.mp4$/)]);
  }, 60_000);

  test("the location of a photograph isn't published", async () => {
    await pictures.load(["placed.jpg"]);
    expect((await sharp(path.join(root, "placed.jpg")).metadata()).exif).toBeDefined();
    for (const spec of pictureFiles(["placed.jpg"], { root, cache, pictures })) {
      expect((await sharp(Buffer.from(await spec.make())).metadata()).exif).toBeUndefined();
    }
  }, 60_000);

  test("published names are plain ASCII, whatever the author's file name", async () => {
    await pictures.load(["Ünï cödé 日本.svg", "日本.svg"]);
    const paths = pictureFiles(["Ünï cödé 日本.svg", "日本.svg"], { root, cache, pictures }).map(
      (spec) => spec.path,
    );
    expect(paths.map((name) => name.replace(/\.[0-9a-f]{8}/, ""))).toEqual([
      "/pictures/picture.svg",
      "/pictures/uni-code.svg",
    ]);
  });

  test("a picture is encoded once for its bytes, and reused when the site is built from scratch", async () => {
    await pictures.load(["shot.webp"]);
    const options = { root, cache, pictures };
    const [spec] = pictureFiles(["shot.webp"], options);
    const bytes = Buffer.from((await spec?.make()) ?? "");
    const place = hashOf("picture", spec?.key ?? "");
    cache.write(place, "kept");
    const [again] = pictureFiles(["shot.webp"], options);
    expect(again?.key).toBe(spec?.key);
    expect(String(await again?.make())).toBe("kept");
    cache.write(place, bytes);
  });
});
