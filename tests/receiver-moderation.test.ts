/** Which responses are shown, pending or refused, depending on the setting, domain rules and signs of spam. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setRule } from "../src/receiver/store/rules.ts";
import { ADAPTERS, type TestDatabase } from "./receiver-support/databases.ts";
import { HELLO, startReceiver, type TestReceiver } from "./receiver-support/receiver.ts";

const MODERATIONS = ["all", "first-time", "none"] as const;

describe.each(Object.entries(ADAPTERS))("stored in %s", (name, open) => {
  describe.each(MODERATIONS)("with RECEIVER_MODERATION=%s", (moderation) => {
    let opened: TestDatabase;
    let receiver: TestReceiver;

    beforeAll(async () => {
      opened = await open();
      receiver = await startReceiver(opened, {
        env: { RECEIVER_MODERATION: moderation },
        // All hosts resolve to this machine.
        resolve: () => Promise.resolve(["127.0.0.1"]),
      });
    });
    afterAll(async () => {
      await receiver[Symbol.asyncDispose]();
      if (name === "D1") await opened.close();
    });

    let count = 0;
    /** Sends a reply from a host. @returns its outcome. */
    async function reply(host: string, text = `Thoughts on gates, part ${count}`): Promise<string> {
      const path = `/${moderation}/${count++}`;
      const page = receiver.page(
        path,
        `<div class="h-entry"><a class="p-author h-card" href="http://${host}/">${host}</a>
         <a class="u-in-reply-to" href="${HELLO}">re</a><p class="e-content">${text}</p></div>`,
      );
      return (await receiver.mention(page.replace("127.0.0.1", host))).outcome;
    }
    const rule = (domain: string, action: "approve" | "hold" | "block" | null) =>
      setRule(opened.database, domain, action);

    test("a response from an unknown site", async () => {
      expect(await reply("ann.example")).toBe(moderation === "none" ? "shown" : "waits");
    });

    test("a response from a site with an approved response", async () => {
      await reply("known.example");
      for (const { id, record } of await receiver.responses())
        if (record["wm-source"].includes("known.example")) await receiver.decide(id, "approved");
      expect(await reply("known.example")).toBe(moderation === "all" ? "waits" : "shown");
      expect(await reply("other.example")).toBe(moderation === "none" ? "shown" : "waits");
    });

    test("a response that looks like spam is pending with any setting", async () => {
      const spam = Array.from(
        { length: 8 },
        (_, at) => `<a href="https://casino${at}.example/">cheap pills casino</a>`,
      );
      expect(await reply("spam.example", spam.join(" "))).toBe("waits");
    });

    test("rules for domains and subdomains take precedence over the setting", async () => {
      await rule("friend.example", "approve");
      expect(await reply("friend.example")).toBe("shown");
      expect(await reply("www.friend.example")).toBe("shown");
      expect(await reply("notfriend.example")).toBe(moderation === "none" ? "shown" : "waits");
      await rule("loud.friend.example", "hold");
      expect(await reply("loud.friend.example")).toBe("waits");
      await rule("friend.example", null);
      expect(await reply("friend.example")).toBe(moderation === "all" ? "waits" : "shown");
    });

    test("a blocked domain is refused immediately by each protocol, and never fetched", async () => {
      await rule("bad.example", "block");
      const source = receiver.linking(`/${moderation}/blocked`).replace("127.0.0.1", "www.bad.example");
      expect((await receiver.post("/webmention", { source, target: HELLO })).status).toBe(403);
      expect(await (await receiver.post("/trackback/hello", { url: source })).text()).toContain(
        "<error>1</error><message>responses from this domain aren't accepted",
      );
      const value = (text: string) => `<param><value>${text}</value></param>`;
      const body = `<methodCall><methodName>pingback.ping</methodName><params>${value(source)}${value(HELLO)}</params></methodCall>`;
      const headers = { "content-type": "text/xml" };
      expect(await (await receiver.get("/pingback", { method: "POST", body, headers })).text()).toContain(
        "<int>49</int>",
      );
      expect(receiver.seen.some(({ url }) => url === `/${moderation}/blocked`)).toBe(false);
    });
  });
});
