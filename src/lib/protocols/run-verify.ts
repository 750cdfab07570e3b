import type { PostResponse } from "../responses/model.ts";
import { forEachByHost } from "./group-by-host.ts";
import type { SourceCheck } from "./check-source.ts";
import { checkSource, judgeSource } from "./check-source.ts";
import type { GuardedClient } from "./guarded-fetch.ts";
import type { SourceFailure } from "./verify-sources.ts";
import { judgeFailure } from "./verify-sources.ts";

/** A stored response and the post that it belongs to. */
export interface StoredResponse {
  readonly slug: string;
  readonly record: PostResponse;
}

/** Result of verifying a response again. */
export interface VerifyReport extends StoredResponse {
  readonly state: SourceCheck["state"];
  readonly action: "keep" | "delete";
  readonly message: string;
}

export interface VerifyOptions {
  readonly client: GuardedClient;
  readonly now: () => Date;
  /** Failures of earlier runs, by source; updated in place. */
  readonly failures: Map<string, SourceFailure>;
  /** Whether an address is one of the post's: a source may have changed the spelling of its link. */
  readonly isPost: (address: string, slug: string) => boolean;
  readonly onReport: (report: VerifyReport) => void;
}

/** Checks the source of each response again; a source shared by several responses is fetched once. */
export async function verifyResponses(
  responses: readonly StoredResponse[],
  options: VerifyOptions,
): Promise<void> {
  const groups = [...Map.groupBy(responses, ({ record }) => record["wm-source"])];
  await forEachByHost(
    groups,
    ([source]) => source,
    ([source, group]) => verifySource(source, group, options),
  );
}

async function verifySource(
  source: string,
  group: readonly StoredResponse[],
  { client, now, failures, isPost, onReport }: VerifyOptions,
): Promise<void> {
  let seen: SourceCheck | null = null;
  const earlier = failures.get(source) ?? null;
  failures.delete(source);
  for (const { slug, record } of group) {
    const target = record["wm-target"];
    const isTarget = (address: string) => isPost(address, slug);
    const check: SourceCheck =
      seen === null || seen.response === null
        ? (seen ?? (await checkSource(source, target, client, isTarget)))
        : { ...judgeSource(seen.response, target, isTarget), response: seen.response };
    seen ??= check;
    const { action, failure } = judgeFailure(check, earlier, now());
    if (failure !== null) failures.set(source, failure);
    onReport({ slug, record, state: check.state, action, message: check.message });
  }
}
