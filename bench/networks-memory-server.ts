/** Server for `networks-memory.ts`: threads of 40 replies and 20 likes of 500 characters, generated on request. */
import { createServer } from "node:http";

const WORDS = "A reply that says something about the post, at some length, as people do. ".repeat(3);

const server = createServer((request, response) => {
  const url = new URL(request.url ?? "/", "http://localhost");
  const [, id = "", part] = /^\/api\/v1\/statuses\/(\d+)(?:\/(\w+))?$/.exec(url.pathname) ?? [];
  const value =
    part === undefined
      ? status(id, null)
      : part === "context"
        ? {
            ancestors: [],
            descendants: Array.from({ length: 40 }, (_, index) => status(`${id}${100 + index}`, id)),
          }
        : part === "favourited_by"
          ? Array.from({ length: 20 }, (_, index) => account(`liker${index}`))
          : [];
  response.setHeader("content-type", "application/json").end(JSON.stringify(value));
});

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address !== null) process.send?.(`http://127.0.0.1:${address.port}`);
});
process.on("disconnect", () => process.exit());

function status(id: string, parent: string | null) {
  const url = `http://127.0.0.1/@ann/${id}`;
  return {
    id,
    uri: url,
    url,
    created_at: "2026-02-01T10:00:00.000Z",
    in_reply_to_id: parent,
    visibility: "public",
    spoiler_text: "",
    content: `<p>${id}: ${WORDS}</p><p>${WORDS}</p>`,
    account: account(`ann${id}`),
    media_attachments: [],
    emojis: [],
    replies_count: parent === null ? 40 : 0,
    favourites_count: parent === null ? 20 : 0,
    reblogs_count: 0,
  };
}

function account(username: string) {
  const url = `http://127.0.0.1/@${username}`;
  return {
    id: username,
    username,
    acct: username,
    url,
    uri: url,
    display_name: username,
    note: WORDS,
    indexable: true,
  };
}
