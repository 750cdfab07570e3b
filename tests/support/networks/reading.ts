/** Setup for tests of networks: both stand-ins, and a blog whose post `hello` has a copy on each. */
import { afterEach, beforeEach } from "vitest";
import type { PullReport } from "../../../src/lib/responses/pull/pull.ts";
import type { Settings } from "../../../src/lib/site/settings.ts";
import { setUpPulling, type Pulling } from "../pulling.ts";
import { actor, startAppView, type AppViewStandin, type StandinPost } from "./app-view.ts";
import { account, startMastodon, type MastodonStandin, type StandinStatus } from "./mastodon-server.ts";

export const ROOT = "at://did:plc:me/app.bsky.feed.post/3copy";

export interface Reading {
  readonly pulling: Pulling;
  readonly mastodon: MastodonStandin;
  readonly appView: AppViewStandin;
  pull(settings?: Partial<Settings>, changes?: Parameters<Pulling["run"]>[0]): Promise<PullReport>;
  /** Adds a status in reply to the copy. */
  reply(id: string, by: string, changes?: Partial<StandinStatus>): StandinStatus;
  /** Adds a post in reply to the copy. */
  answer(rkey: string, by: string, changes?: Partial<StandinPost>): StandinPost;
}

export const COPY_ID = "1000";

/** Registers hooks that set everything up again for each test of the file. */
export function setUpReading(): Reading {
  const pulling = setUpPulling();
  let mastodon: MastodonStandin | null = null;
  let appView: AppViewStandin | null = null;
  beforeEach(async () => {
    mastodon = await startMastodon();
    appView = await startAppView();
    mastodon.statuses.set(COPY_ID, {
      id: COPY_ID,
      parent: null,
      account: account("me"),
      content: "<p>New post</p>",
    });
    appView.posts.set(ROOT, { uri: ROOT, parent: null, root: ROOT, author: actor("me"), text: "New post" });
    pulling.syndication = {
      hello: [mastodon.address(COPY_ID), "https://bsky.app/profile/did:plc:me/post/3copy"],
    };
  });
  afterEach(async () => {
    await mastodon?.[Symbol.asyncDispose]();
    await appView?.[Symbol.asyncDispose]();
  });
  const running = <T>(server: T | null): T => {
    if (server === null) throw new Error("The stand-ins run only while a test does");
    return server;
  };
  const reading: Reading = {
    pulling,
    get mastodon() {
      return running(mastodon);
    },
    get appView() {
      return running(appView);
    },
    pull: (settings = {}, changes = {}) => {
      const networks = { mastodon: true, bluesky: true, appView: reading.appView.origin, search: false };
      return pulling.run({ blog: pulling.blog({ networks, ...settings }), ...changes });
    },
    reply: (id, by, changes = {}) => {
      const status = { id, parent: COPY_ID, account: account(by), content: `<p>Reply ${id}</p>`, ...changes };
      reading.mastodon.statuses.set(id, status);
      return status;
    },
    answer: (rkey, by, changes = {}) => {
      const uri = `at://did:plc:${by}/app.bsky.feed.post/${rkey}`;
      const post = { uri, parent: ROOT, root: ROOT, author: actor(by), text: `Reply ${rkey}`, ...changes };
      reading.appView.posts.set(uri, post);
      return post;
    },
  };
  return reading;
}
