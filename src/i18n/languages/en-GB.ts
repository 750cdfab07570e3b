import { en } from "./en.ts";
import type { Messages } from "../messages.ts";

/** The interface in British English: differs in dates (`Intl`) and a few texts. */
export const enGb = {
  ...en,
  lang: "en-GB",
  name: "English (UK)",
  post: { ...en.post, neighbours: "Neighbouring posts" },
} satisfies Messages;
