import { expect, test } from "vitest";
import type { BodyContext } from "./body-context.ts";
import { bodyToMarkdown } from "./to-markdown.ts";

const CONTEXT: Omit<BodyContext, "hasTopHeading"> = {
  mask: (text) => text,
  link: (href) => href,
  picture: () => null,
  pictureWords: () => null,
  anchors: new Set(),
  anchorName: (name) => name,
  lose: () => undefined,
  counts: { links: 0, pictures: 0, remotePictures: 0, embeds: 0, undescribed: 0 },
};

test("line breaks between list items or table cells, as in old editors, lose no text and leave no stray characters", () => {
  expect(
    bodyToMarkdown(
      '<ul><br/>\t<li> YouTube<object><br/><param name="movie" value="http://www.youtube.com/v/abc"></object></li><br/></ul>',
      false,
      CONTEXT,
    ),
  ).toBe("- YouTube\n\n  <https://www.youtube.com/watch?v=abc>\n");
  expect(bodyToMarkdown("<ol><li>One.</li><br /><br /><li>Two.</li></ol>", false, CONTEXT)).toBe(
    "1. One.\n2. Two.\n",
  );
  expect(
    bodyToMarkdown("<table><tr><br/><td>a</td><br/><td>b</td></tr><br/></table>", false, CONTEXT),
  ).not.toContain("\\");
});
