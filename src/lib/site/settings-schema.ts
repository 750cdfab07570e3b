/**
 * Every setting of `content/site.yaml`: one schema that holds the defaults, checks what the author wrote, helps in
 * the editor (`schemas/site.schema.json`) and makes the table in `docs/settings.md`. Each key has a description and
 * an example.
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

/** `content/site.yaml`; parsing returns `SiteYaml`. The order of the fields is that of the table. */
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

/** The settings of a blog whose author has set none. */
export function defaultSettings(): Settings {
  const settings = settingsSchema.parse({});
  return { ...settings, words: NO_OWN_WORDS, appearance: defaultAppearance(settings.title) };
}
