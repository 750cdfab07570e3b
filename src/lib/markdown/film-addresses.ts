const YOUTUBE =
  /^https?:\/\/(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com\/(?:watch\?(?:.*&)?v=|embed\/|shorts\/|live\/)|youtu\.be\/)([\w-]{6,20})/;
const VIMEO = /^https?:\/\/(?:www\.|player\.)?vimeo\.com\/(?:video\/)?(\d+)(?:\/([0-9a-f]+))?/;

/** Player for a video's page: `youtube:<id>` or `vimeo:<id>`; null for others. */
export function filmPlayer(url: string): string | null {
  const youtube = YOUTUBE.exec(url)?.[1];
  if (youtube !== undefined) return `youtube:${youtube}`;
  const vimeo = VIMEO.exec(url);
  if (vimeo === null) return null;
  return `vimeo:${vimeo[2] === undefined ? vimeo[1] : `${vimeo[1]}?h=${vimeo[2]}`}`;
}
