// @vitest-environment jsdom
import { expect, test } from "vitest";
import { playVideo } from "./video-player.ts";

/** Plays a video by its poster in a German text, and returns the player. */
function press(attributes: string): HTMLElement {
  document.body.innerHTML = `<div lang="de"><p><a href="/pictures/talk.mp4" ${attributes}>Abspielen</a></p></div>`;
  const link = document.querySelector("a");
  if (link === null) throw new Error("No link");
  playVideo(link);
  const player = document.querySelector("p")?.firstElementChild;
  if (!(player instanceof HTMLElement)) throw new Error("No player");
  return player;
}

test("a video file has captions in the text's language", () => {
  const player = press('data-video="file" data-captions="/pictures/talk.vtt"');
  expect(player.innerHTML).toBe(
    '<track kind="captions" src="/pictures/talk.vtt" srclang="de" label="Deutsch" default="">',
  );
});

test("a video file without captions has no track", () => {
  expect(press('data-video="file"').outerHTML).toMatch(
    /^<video .*src="[^"]*\/pictures\/talk\.mp4".*><\/video>$/,
  );
});
