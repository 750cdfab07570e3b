/**
 * Address of a video on YouTube; group 1 is the video's id. Playlists and channels' live streams, whose players have
 * these words in place of an id, are no match.
 */
export const YOUTUBE =
  /^https?:\/\/(?:(?:www\.|m\.|music\.)?youtube(?:-nocookie)?\.com\/(?:watch\?(?:.*&)?v=|embed\/|shorts\/|live\/)|youtu\.be\/)(?!(?:videoseries|live_stream)(?![\w-]))([\w-]{6,20})/i;

/** Address of a video on Vimeo: its id, and the key of an unlisted video in the path or in the query. */
export const VIMEO =
  /^https?:\/\/(?:www\.|player\.)?vimeo\.com\/(?:(?:video|channels\/[\w-]+|groups\/[\w-]+\/videos|showcase\/\d+\/video)\/)?(\d+)(?:\/([0-9a-f]+)|\?(?:[^#]*&)?h=([0-9a-f]+))?/i;

/** Start time in a YouTube address, given in seconds or as `1h2m3s`, as a query string; empty if there is none. */
function startOf(url: string): string {
  const [, hours, minutes, seconds] =
    /[?&#](?:t|start)=(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?(?=[&#]|$)/i.exec(url) ?? [];
  const start = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return start === 0 ? "" : `?start=${start}`;
}

/** Player for a video page's address: `youtube:<id>` or `vimeo:<id>`, with an optional query; null for others. */
export function videoPlayer(url: string): string | null {
  const youtube = YOUTUBE.exec(url)?.[1];
  if (youtube !== undefined) return `youtube:${youtube}${startOf(url)}`;
  const vimeo = VIMEO.exec(url);
  if (vimeo === null) return null;
  const [, id, inPath, inQuery] = vimeo;
  const key = inPath ?? inQuery;
  return `vimeo:${key === undefined ? id : `${id}?h=${key}`}`;
}

/** Page address of the video in an iframe with the given address; null if it isn't a video on YouTube or Vimeo. */
export function videoPage(src: string): string | null {
  const url = src.replace(/^\/\//, "https://");
  const youtube = YOUTUBE.exec(url)?.[1];
  if (youtube !== undefined) return `https://www.youtube.com/watch?v=${youtube}`;
  const vimeo = VIMEO.exec(url)?.[1];
  return vimeo === undefined ? null : `https://vimeo.com/${vimeo}`;
}
