/** Pictures of an export: `media/<id>.jpg`, or `media/<id>_0.jpg` and so on for posts with several. */
export type MediaByPost = ReadonlyMap<string, readonly string[]>;

const MEDIA = /(?:^|\/)media\/(\d+)(?:_o?(\d+))?(?:_\w+)?\.(\w+)$/i;

export function mediaByPost(files: readonly string[]): MediaByPost {
  const found = files.flatMap((file) => {
    const [, id = "", number = "0", extension = ""] = MEDIA.exec(file) ?? [];
    return id !== "" && /^(?:jpe?g|png|gif|webp|avif)$/i.test(extension)
      ? [{ id, number: Number(number), file }]
      : [];
  });
  const groups = Map.groupBy(found, ({ id }) => id);
  return new Map(
    [...groups].map(([id, list]) => [
      id,
      list.toSorted((a, b) => a.number - b.number).map(({ file }) => `/${file}`),
    ]),
  );
}

/** Replaces each picture with the largest of its `srcset`. */
export function withLargestPictures(html: string): string {
  return html.replace(/<img\b[^<>]*>/gi, (tag) => {
    const sizes = /\ssrcset\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(tag);
    const candidates = [...(sizes?.[1] ?? sizes?.[2] ?? "").matchAll(/(https?:\/\/[^\s,]+)\s+(\d+)w/g)];
    const [largest] = candidates.toSorted(([, , a], [, , b]) => Number(b) - Number(a));
    const src = largest?.[1];
    return src === undefined
      ? tag
      : tag.replace(/(\ssrc\s*=\s*)(?:"[^"]*"|'[^']*')/i, (_whole, start: string) => `${start}"${src}"`);
  });
}

/** Replaces pictures on Tumblr's servers with those of the export, if their numbers match. */
export function withOwnPictures(html: string, pictures: readonly string[] | undefined): string {
  const tags = [...html.matchAll(/<img\b[^<>]*>/gi)];
  if (pictures === undefined || pictures.length === 0 || tags.length !== pictures.length) return html;
  let index = 0;
  return html.replace(/<img\b[^<>]*>/gi, (tag) => {
    const file = pictures[index++] ?? "";
    return tag
      .replace(/\ssrcset\s*=\s*(?:"[^"]*"|'[^']*')/i, "")
      .replace(/\ssrc\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/i, () => ` src="${file}"`);
  });
}
