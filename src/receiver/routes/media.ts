/** The media endpoint (https://www.w3.org/TR/micropub/#media-endpoint), and pictures for clients. */
import type { Hono } from "hono";
import { cors } from "hono/cors";
import { pictureExtension } from "../../lib/import/picture-type.ts";
import type { Micropub, ReceiverContext } from "../context.ts";
import { sentence, type ReceiverEnv, type ReceiverRequest } from "../http.ts";
import { authorized, countRequest, needScope } from "../micropub/authorize.ts";
import { answered } from "../micropub/error-answer.ts";
import { storedFileIn, uploadUrl } from "../micropub/media-urls.ts";
import { invalid, MicropubError } from "../micropub/micropub-error.ts";
import { formDataOf } from "../micropub/read-request.ts";
import { mediaBy, storeMedia } from "../store/media.ts";

const TYPES: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  png: "image/png",
  gif: "image/gif",
  webp: "image/webp",
  avif: "image/avif",
};

/** Adds `/media`, `/media/<upload>` and `/media/file/<signature>/<path>`. */
export function addMedia(app: Hono<ReceiverEnv>, context: ReceiverContext, micropub: Micropub): void {
  const { database, now, random } = context;
  const shared = {
    origin: "*",
    allowHeaders: ["authorization", "content-type"],
    exposeHeaders: ["location"],
  };
  app.use("/media", cors({ ...shared, allowMethods: ["POST"] }));
  app.use("/media/*", cors({ ...shared, allowMethods: ["GET"] }));

  app.post("/media", (c) =>
    answered(c, context, async () => {
      // Check a token in the header before reading a large body.
      await authorized(c, context, undefined);
      const form = await formDataOf(c);
      const inBody = form.get("access_token");
      const token = await authorized(c, context, typeof inBody === "string" ? inBody : null);
      if (token === null) throw invalid("An access token is needed");
      needScope(token, "media", "create", "draft", "update");
      await countRequest(context, token);
      const file = form.get("file");
      if (file === null || typeof file === "string") throw invalid("The part named file is missing");
      if (file.size > micropub.options.maxMediaBytes)
        throw new MicropubError(
          413,
          "invalid_request",
          `The file is larger than ${micropub.options.maxMediaBytes} bytes`,
        );
      const picture = await micropub.cleanPicture(new Uint8Array(await file.arrayBuffer()));
      if (picture === null)
        throw invalid(
          "The file is damaged, or isn't a picture in JPEG, PNG, GIF, WebP or (where it can be decoded) AVIF",
        );
      const id = random();
      await storeMedia(database, id, picture, now());
      return c.body(null, 201, { location: uploadUrl(context, id, picture.extension) });
    }),
  );

  app.get("/media/:name{[\\da-f]+\\.[a-z]+}", async (c) => {
    const [id = "", extension = ""] = c.req.param("name").split(".");
    const media = await mediaBy(database, id);
    if (media === null || TYPES[extension] !== media.type) return await nothing(c);
    return picture(c, media.bytes, media.type);
  });

  app.get("/media/file/*", (c) =>
    answered(c, context, async () => {
      const path = await storedFileIn(context, context.options.url + new URL(c.req.url).pathname);
      const file = path === null ? null : await micropub.store.read(path);
      const type = TYPES[file === null ? "" : (pictureExtension(file.bytes) ?? "")];
      return file === null || type === undefined ? await nothing(c) : picture(c, file.bytes, type);
    }),
  );
}

function picture(c: ReceiverRequest, bytes: Uint8Array, type: string): Response {
  return c.body(Uint8Array.from(bytes), 200, {
    "content-type": type,
    "cache-control": "private, max-age=3600",
    "cross-origin-resource-policy": "cross-origin",
  });
}

async function nothing(c: ReceiverRequest): Promise<Response> {
  return await sentence(c, 404, "Not found", "There is no such picture, or no longer.");
}
