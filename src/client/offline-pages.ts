/** Lists the pages cached by the service worker, newest first, on the offline page. */

const list = document.querySelector("[data-kept]");
if (list !== null) void showKept(list);

async function showKept(place: Element): Promise<void> {
  const { pathname: base } = new URL(
    ".",
    new URL(document.documentElement.dataset["worker"] ?? "/", location.href),
  );
  const cache = await caches.open(`backfence ${base} pages`);
  const requests = [...(await cache.keys())].reverse();
  const rows = await Promise.all(requests.map((request) => rowOf(cache, request)));
  place.append(...rows.flatMap((row) => row ?? []));
  const section = place.closest("section");
  if (section !== null) section.hidden = place.childElementCount === 0;
}

/** A list item with a link to a cached page; null for pages without a title or with `robots`, such as redirects. */
async function rowOf(cache: Cache, request: Request): Promise<HTMLLIElement | null> {
  const html = (await (await cache.match(request))?.text()) ?? "";
  const page = new DOMParser().parseFromString(html, "text/html");
  const title = page.querySelector("h1")?.textContent ?? "";
  if (title === "" || page.querySelector("[name=robots]") !== null) return null;
  const link = document.createElement("a");
  link.href = request.url;
  link.textContent = title;
  link.lang = page.querySelector("h1")?.closest<HTMLElement>("[lang]")?.lang ?? "";
  link.dir = "auto";
  const row = document.createElement("li");
  row.append(link);
  return row;
}
