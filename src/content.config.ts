import { backfenceCollections } from "./collections.ts";

export const collections = backfenceCollections();
