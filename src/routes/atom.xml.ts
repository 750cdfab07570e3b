import type { APIRoute } from "astro";
import { feedResponse } from "../data.ts";

/** The blog's newest posts; `src/lib/feeds` writes the document. */
export const GET: APIRoute = () => feedResponse("/atom.xml");
