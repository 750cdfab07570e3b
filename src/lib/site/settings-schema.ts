/**
 * Schema of `content/site.yaml`: the source of defaults, validation, editor support (`schemas/site.schema.json`) and
 * the table in `docs/settings.md`. Each key has a description and an example.
 *
 * A custom check's message completes the sentence "`key` should be …".
 */
import * as z from "zod";
import { addressFields } from "./settings-fields/addresses.ts";
import { audienceFields } from "./settings-fields/audience.ts";
import { conversationFields } from "./settings-fields/conversation.ts";
import { deliveryFields } from "./settings-fields/delivery.ts";
import { editorFields } from "./settings-fields/editor.ts";
import { identityFields } from "./settings-fields/identity.ts";
import { lookFields } from "./settings-fields/looks.ts";
import { networkFields } from "./settings-fields/networks.ts";
import { listFields } from "./settings-fields/lists.ts";
import { NO_OWN_WORDS } from "../../i18n/messages.ts";
import { machineFields } from "./settings-fields/machines.ts";
import { permalinkFields } from "./settings-fields/permalinks.ts";
import { defaultAppearance } from "../themes/appearance.ts";
import type { Settings, SiteYaml } from "./settings.ts";

/** Schema of `content/site.yaml`; parsing returns `SiteYaml`. The table has the same order. */
export const settingsSchema = z.strictObject({
  ...identityFields,
  ...listFields,
  ...lookFields,
  ...permalinkFields,
  ...audienceFields,
  ...conversationFields,
  ...networkFields,
  ...deliveryFields,
  ...editorFields,
  ...addressFields,
  ...machineFields,
}) satisfies z.ZodType<SiteYaml, object>;

/** The default settings. */
export function defaultSettings(): Settings {
  const settings = settingsSchema.parse({});
  return { ...settings, words: NO_OWN_WORDS, appearance: defaultAppearance(settings.title) };
}
