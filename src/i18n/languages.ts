/** Languages of the interface, one file each. docs/languages.md says how to add one. */
import { ar } from "./languages/ar.ts";
import { de } from "./languages/de.ts";
import { enGb } from "./languages/en-GB.ts";
import { en } from "./languages/en.ts";
import { es } from "./languages/es.ts";
import { fr } from "./languages/fr.ts";
import { ja } from "./languages/ja.ts";
import type { Messages } from "./messages.ts";

export const LANGUAGES = { en, enGb, ar, de, es, fr, ja } as const satisfies Record<string, Messages>;
