import { Aside } from "./aside.ts";
import type { Component } from "./component.ts";
import { Figure } from "./figure.ts";
import { Gallery } from "./gallery.ts";
import { Quote } from "./quote.ts";
import { SocialPost } from "./social-post.ts";
import { Survey } from "./survey.ts";
import { Video } from "./video.ts";

/** All components that need no import, by name. */
export const COMPONENTS: ReadonlyMap<string, Component> = new Map(
  [Aside, Figure, Gallery, Quote, SocialPost, Survey, Video].map((component) => [component.name, component]),
);
