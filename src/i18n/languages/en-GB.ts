import { en } from "./en.ts";
import type { Messages } from "../messages.ts";

/** The interface in British English: its own dates (`Intl`), and the few texts that differ. */
export const enGb = {
  ...en,
  lang: "en-GB",
  name: "English (UK)",
  post: { ...en.post, neighbours: "Neighbouring posts" },
} satisfies Messages;
