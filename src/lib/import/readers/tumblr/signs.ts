/** Whether a file has Tumblr posts: `posts.xml` or pages of its export, API responses, pages of tumblr-backup. */
export function isTumblr(head: string): boolean {
  if (/<tumblr\s+version=/.test(head)) return true;
  if (/^\s*[[{]/.test(head))
    return /"(?:blog_name|tumblelog(?:_uuid)?)"\s*:/.test(head) && /"(?:post_url|reblog_key)"\s*:/.test(head);
  return isExportPage(head) || isBackupPage(head);
}

/** Whether a file is a page in `posts/html/` of an export. */
export function isExportPage(text: string): boolean {
  return /<div\s+id="footer">/.test(text) && /<span\s+id="timestamp">/.test(text);
}

/** Whether a file is a page in `posts/` of tumblr-backup (https://github.com/cebtenzzre/tumblr-utils). */
export function isBackupPage(text: string): boolean {
  return /<article\s+class="?[\w-]+"?\s+id="?p-\d+/.test(text);
}
