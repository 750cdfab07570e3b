/** Decides the status of a response: by domain rules, the moderation setting and spam detection. */
import { hostOf } from "../../lib/responses/clean-text.ts";
import type { PostResponse } from "../../lib/responses/model.ts";
import { decide, decideAgain, senderOrigin, type Decision } from "../../lib/responses/moderation.ts";
import type { ReceiverContext } from "../context.ts";
import { isPlaceApproved, type StoredResponse } from "../store/responses.ts";
import { ruleFor, rulesOf } from "../store/rules.ts";

export interface PlacedDecision extends Decision {
  /** The sender's site or account, see `senderOrigin`; empty when it isn't known. */
  readonly place: string;
}

/** Decides the status. @param known the stored response if this is an update, else null. */
export async function decideStatus(
  { database, options, spam }: ReceiverContext,
  record: PostResponse,
  known: StoredResponse | null,
): Promise<PlacedDecision> {
  const rules = await rulesOf(database);
  const place = senderOrigin(record) ?? "";
  const blocked = new Set([...rules].filter(([, action]) => action === "block").map(([domain]) => domain));
  const memory = await spam();
  const rule = place === "" ? null : ruleFor(rules, hostOf(record["wm-source"]));
  const isTrusted = rule === "approve" || (rule === null && (await isPlaceApproved(database, place)));
  const moderation = {
    rule: rule === "hold" ? ("all" as const) : rule === "approve" ? ("none" as const) : options.moderation,
    blocked,
    approvedOrigins: new Set(isTrusted ? [place] : []),
    memory,
  };
  const isUpdate = known !== null && known.status !== "deleted";
  const decision = isUpdate ? decideAgain(known.record, record, moderation) : decide(record, moderation);
  return { ...decision, place };
}
