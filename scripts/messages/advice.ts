/**
 * Advice for messages that are printed without a hint, or with a hint that varies. The key is the message as
 * `errorMessages()` returns it.
 */
const COMMAND_LINE: Readonly<Record<string, string>> = {
  'Something is missing after "…": backfence …':
    "Add what the form after the colon has in angle brackets; `--help` explains it.",
  '"…" is one word too many: backfence …': "Put a title of several words in quotes.",
  "--… takes no value": "Write the option alone, without `=`.",
  "--… needs a value: --…": "Write the value after the option, with a space or `=` between them.",
  '--… needs a value: --… (for a value that begins with "-": --…=…)':
    "Write `--option=-value` when the value itself begins with a hyphen.",
  '--… can\'t be "…". It can be ….': "Use one of the values in the message.",
  '--… can\'t be "…". Did you mean …?': "Correct the spelling.",
  "There is no option …": "`--help` lists the options; npm needs `--` before them: `npm run new -- --help`.",
  "There is no option … before a command": "Write the command first, its options after it.",
  '"…" is a command of Astro: npx astro …':
    "Run `npm run dev`, `build` or `preview`, or the line in the message.",
  'There is no command "…"': "`npx backfence --help` lists the commands.",
  'There is no command "…". Did you mean "…"?': "Correct the spelling.",
  "There is no folder …/ here. Run this in the folder of a blog, or make one: backfence init my-blog":
    "Change to the folder that contains `content/` and `astro.config.mjs`.",
  "There is no folder …/ here": "Correct the path after `--content`; it starts at the folder you are in.",
  '--… can\'t be "…". Write a date such as 2026-05-01 or 2026-05-01T09:00:00Z':
    "Write it in one of these forms.",
  "Questions need a terminal: add --yes, and options such as --title":
    "`init` asks questions in a terminal only. In a script, give the answers as options.",
  "This folder isn't empty (…). Name a new one: backfence init my-blog":
    "`init` never overwrites. Name a new folder, or move your files away first.",
  "The folder … isn't empty (…). Name a new one: backfence init my-blog":
    "`init` never overwrites. Name another folder.",
  "--respond email needs an address: --email me@me.example":
    "Add `--email` with the address that readers may see.",
  "--email has no effect without a way to use it: --respond email":
    "Add `--respond email`, alone or with other ways, or leave out `--email`.",
  "--watch and --external exclude each other: links to other sites are asked once": "Give one of the two.",
  '--lang can\'t be "…". For example: --lang de': "Use a language tag (BCP 47), such as `de` or `pt-BR`.",
  "There is a file of that name: …. Take another title":
    "Choose another title, or rename the older post with `backfence rename`.",
  'An author needs a name: backfence new author "Ann Example"':
    "Write the name in quotes at the end of the command.",
  'A … needs a title: backfence new … "Over the fence"':
    "Write the title in quotes at the end of the command.",
  "--md and --mdx exclude each other":
    "Give one of the two; the default is the form that the blog uses most.",
  'There is no author "…". content/authors/ is empty': 'Make one: `backfence new author "Your name"`.',
  'There is no author "…". There are …':
    "Use one of these ids; the id is the name of the file in `content/authors/`.",
  'There is no author "…". Did you mean …?': "Correct the spelling.",
  "The blog has several authors and git has no user.name. Add …":
    "Add `--author` once, or set your name: `git config user.name`.",
  'The blog has several authors and git\'s user.name "…" is none of them. Add …':
    "Add `--author`, or make the `name` in your author file the one that git has.",
  '"…" can\'t be part of an address. For example: …': "Use letters, digits and hyphens.",
  'There is a post "…" already: …': "Choose another name, or rename that post first.",
  'There is a post "…" already, which was taken down':
    "Choose another name: the old address still says that the post was deleted.",
  'The post "…" has that name already': "Choose another name.",
  "There is … already": "Choose another name, or move that file first.",
  'Windows can\'t have a file named "…". Take another name':
    "Choose another name, so that the repository can be cloned on Windows.",
  "The front matter of … isn't YAML (between --- lines), which this command needs to add an alias and the id":
    "`npx backfence check --fix` doesn't change its form: write it as YAML, then rename again.",
  'There is no post "…"': "Use the name of the file or folder in `content/posts/` or `content/notes/`.",
  'There is no post "…". Did you mean "…"?': "Correct the spelling.",
  "--built takes no name: it serves all chosen hosts": "Leave out the name.",
  'There is no host "…". Hosts: …': "Use one of these names; [publish](../publish/README.md) compares them.",
  'There is no host "…". Did you mean …?': "Correct the spelling.",
  "There is no built site in …/. Build it first: npm run build":
    "Build first, or name the folder with `--out`.",
  "No host was chosen. For example: backfence host …":
    "Run `backfence host` with the name of your host once.",
};

const MOVING: Readonly<Record<string, string>> = {
  "It contains no export that Backfence supports":
    "[Import](../import.md) says where each platform keeps its export.",
  '--base-url is an address that begins with https://, not "…"': "Write the address that the old blog had.",
  "--format is one of …": "Use one of these formats.",
  "Name a folder for the files: --out copy": "Add `--out` with the name of a folder.",
  "Name a file for the book: --out blog.epub": "Add `--out` with the name of a file.",
  "--series is for --format epub": "Leave `--series` out, or write `--format epub`.",
  'There is no series "…" with a published post. Did you mean …?':
    "Write the name of the series' file in `content/series/`, without `.yaml`.",
  'There is no series "…" with a published post. There are: …':
    "Write the name of the series' file in `content/series/`, without `.yaml`.",
  'There is no series "…" with a published post: this blog has none':
    "Leave `--series` out: the whole blog becomes the book.",
  "There is no record …": "An error of the import; please report it with the command that you ran.",
  "Record … is counted twice": "An error of the import; please report it with the command that you ran.",
  'Of … records of the kind "…" only … are accounted for':
    "Part of the export would be lost, so the import stops; please report it.",
  "it contains too many files": "Unpack the archive yourself and import the folder.",
  "… is too large when unpacked": "Unpack the archive yourself and import the folder.",
  "… points outside the folder": "The archive is damaged or hostile. Download the export again.",
};

const CONTENT: Readonly<Record<string, string>> = {
  '"…" isn\'t the address of a page. For example: https://vimeo.com/148751763':
    "Write the complete address of a video or post.",
  '"…" isn\'t a post: name a file that ends in .md or .mdx':
    "Name the file of a post, or leave it out for all posts.",
  "There is no file …": "Correct the path; it starts at the folder you are in.",
  "saved as ./…; write that into the text yourself":
    "Replace the address in the text by the file in the message.",
  "A file named index has no address of its own: it would be the list of all …":
    "Name the file for what it says; `index.md` belongs in a folder that has the post's name.",
  "A build can't write into this folder":
    "Mount a writable folder there, or set another one: the message has the line for `astro.config.mjs`.",
  "A text directly in …/ is neither a post nor a page": "Move it to `content/posts/`, `notes/` or `pages/`.",
  "Settings are read from content/site.yaml only": "Name the file `content/site.yaml`.",
  "Texts in …/…/ aren't part of the blog":
    "Move them to `content/posts/`; `draft: true` keeps one unpublished.",
  "The address of this page is taken: …":
    "Give the file another name; the message names what has the address.",
  "The alias … is taken": "Remove the alias; the message names what has the address.",
  "The name `…` can't be part of an address": "Use letters, digits and hyphens, at most 200 bytes.",
  "The name of a post or page ends in .md or .mdx, this one in …":
    "Rename it, or begin its name with `_` to keep it out of the blog.",
  "The name of this file should end in .yaml": "Write it as YAML and rename it.",
  "This folder has two texts: … and …": "A folder in `posts/` is one post. Keep one of the two.",
  "This text is in the folder of another, …, so it isn't a post itself":
    "Move it one folder up, or begin its name with `_` when the other text imports it.",
  "Two posts have the id `…`":
    "Remove `id` from the younger of the two: feed readers tell posts apart by it.",
  "… isn't a file type that a blog can show": "Use one of the types that the message lists.",
  "The file … is empty": "Save it again from the program that made it.",
  "The file … can't be read as a file": "Save it again from the program that made it.",
  "The file … isn't there":
    "Correct the name or put the file there; the message shows where it was looked for.",
  "The picture …": "The file is damaged or not what its name says. Save or copy it again.",
  "The picture … contains …":
    "The SVG has a script or loads something. Export it as plain SVG with fonts as outlines and images embedded.",
  "The picture … isn't there, or can't be read as a picture": "Correct the name or put the file there.",
  "There is no #… in …: …": "Use one of the headings that the message lists.",
  "This link leads nowhere: …": "Use the address or file that the message proposes, or remove the link.",
  "This link leads to a post that isn't published yet: …":
    "Add the link when that post is published, or give this one the same date.",
  "<…> has no prop …": "Correct the spelling; the message lists the props.",
  "The formula … isn't valid TeX":
    "The message says what KaTeX doesn't understand; write `\\$` for the character itself.",
  "There is no component <…>": "Correct the spelling, or import the component at the top of the post.",
  "<…> has the attribute …, which isn't an HTML attribute": "Leave it out, or begin its name with `data-`.",
  "In MDX, four spaces don't make code: these lines would become a paragraph":
    "Put them between two lines of three backticks, or name the file `.md`.",
  "The site can't be put into this folder: a build replaces the whole folder":
    'Set another folder in `astro.config.mjs`, such as `outDir: "./dist"`.',
  "There is no theme `…`":
    "Use one of the names in the message, or a folder in `content/themes/` with a `theme.yaml`.",
  "There is no file …/…": "Put the file there, or correct its name in the settings.",
  "backfence(): there is no component `…` to replace":
    "Use one of the names in the message; [customize](../customise.md).",
  "backfence(): unknown option `…`": "Use one of the names in the message; [customize](../customise.md).",
  "`…` isn't an interface text":
    "Correct the spelling. [Languages](../languages.md) says where the names are.",
  "… isn't a placeholder of `…`": "Use the placeholders that the message lists, or none.",
  "`…` should be a group of texts": "Write the texts below it, indented; the message lists their names.",
  "`…` needs `…`": "Add the key that the message shows.",
  "… should consist of keys with values": "Write each as `key: value` on a line of its own.",
  "Text can't be read on the dark paper …":
    "Use the color that the message proposes, or another with more contrast.",
  "Text can't be read on the light paper …":
    "Use the color that the message proposes, or another with more contrast.",
  "The accent … is too pale for text on the light paper":
    "Use the color that the message proposes, or a darker one.",
  "The YAML can't be read: …":
    "The message says what the parser met; most often a text with a colon needs quotes.",
  "A list in YAML needs hyphens: …": "Begin each item with a hyphen and a space.",
  "The text after … has to be indented: …": "Put two spaces before each line of the text.",
  "A dash is missing before an item of the list: …":
    "Begin the line with a hyphen and a space, like the others.",
  "The front matter isn't closed: a line --- is missing":
    "Write a line `---` between the last key and the text.",
  "The front matter isn't closed: a line +++ is missing":
    "Write a line `+++` between the last key and the text.",
  "backfence(): `…` should be …":
    "The line below the message says what the option takes; [customize](../customise.md).",
  "… redirects to …, which doesn't exist":
    "Correct the target in `redirects`; the hint names the nearest page.",
  "There is no feed …": "Correct the target in `oldFeeds`; [feeds](../feeds.md) lists the addresses.",
  "There is no author `…`": "Correct the id, or add the file `content/authors/<id>.yaml`.",
  "There is no series `…`": "Correct the id, or add the file `content/series/<id>.yaml`.",
  "`startHere` names a post that isn't there: …":
    "Use the name of the post's file or folder, without the date.",
  "`…` isn't a key of …":
    "Correct the spelling or leave it out; `check --fix` translates keys of other generators.",
  "`…` is missing": "Add the line that the message shows.",
  "`…` still contains an unfilled template placeholder: {{ … }}": "Write the value itself.",
  "`…` is empty": "Write a value, or remove the key.",
  "`…` should be …, but is …":
    "The message has the corrected line. All keys: [front matter](../front-matter.md), [settings](../settings.md).",
  "A space is missing after the colon: …": "Write `key: value`, with a space.",
  "The front matter is missing": "Begin the file with `---`, its keys such as `title: …`, and `---`.",
  "The colon is a full-width character, which YAML doesn't read: …":
    "Write `key: value`, with the colon of an English keyboard.",
  "A key is followed by a colon in YAML, and by = only in TOML: …":
    "Write `key: value`, or TOML between lines of `+++`.",
  "The dash turns the keys into a list: …": "Leave out the dash.",
  "A space is missing after the dash: …": "Write `- item`, with a space.",
  "The line is indented, although the key before it already has a value: …":
    "Begin the line without a space.",
  "The line has no key, and isn't indented as a continuation of the line before: …":
    "Begin the line with two spaces, or with a key.",
  "A quote isn't closed: …": "Write the same quote at the end of the text.",
  "<…> can't have content between its tags": "Write it as one tag that ends with `/>`.",
  "<…> isn't allowed in a post":
    "Scripts, forms and frames are refused in posts. Use a component: [components](../components.md).",
  "<…> needs the prop …": "Add the prop; the message has an example.",
  "The prop … of <…> …": "The message has an example; [components](../components.md) lists the props.",
  "… can't be read as code": "Write `\\{` and `\\}` for the characters themselves.",
  "The space after the colon isn't an ordinary space, so YAML doesn't read it: …":
    "Replace it with an ordinary space: `title: …`",
  "… isn't read as emphasis, so its `…` is shown":
    "Write no spaces between `**` and the words inside, and a space or punctuation outside: `**bold** text`. In HTML, put blank lines around Markdown.",
  "The text has first-level headings, which are reserved for the title: all of its headings are shown one level lower":
    "Begin sections with `## …`.",
  "`{` is never closed": "Write `\\{` for the character itself, or name the file `.md`.",
  "… is empty": "Remove the braces, or write `\\{\\}` for the characters themselves.",
  "… is a bare value, which readers would see in another form or not at all":
    "Write the text without braces, or `\\{` and `\\}` for the characters themselves.",
  "… are bare values, which readers would see in another form or not at all":
    "Write the text without braces, or `\\{` and `\\}` for the characters themselves.",
  "… uses something that isn't defined here: …":
    "Write `\\{` and `\\}` for the characters themselves, or import or export the name above.",
  "… can't be read as JavaScript":
    "Write `\\{` and `\\}` for the characters themselves, or name the file `.md`.",
};

const RESPONSES: Readonly<Record<string, string>> = {
  "This is not valid JSON: …":
    "Undo the change (`git checkout -- <file>`); after a merge, keep the records of both sides.",
  "“…” is wrong: …": "Commands write this file. Remove the entry; the next run fetches it again.",
  "This is the first run, and … links would be notified at once.":
    "Choose one of the options that the message lists; `--assume-sent` is right for most old blogs.",
  "discover needs one address": "Write one address after the command.",
  '--status is one of …, not "…"': "Use one of these.",
  "There is no response with the id …": "`backfence responses moderate --list` shows the ids.",
  "… was deleted, and its text is gone. Remove its record to fetch it again":
    "Remove the record from the file in `content/responses/`, then run `backfence responses pull --full`.",
  "Several responses have the id …; name one of them: …": "Use the longer form from the message.",
  '--block needs a domain such as pills.example, not "…"':
    "Write the domain without `https://` and without a path.",
  '--… needs a whole number of at least …, not "…"': "Write a number.",
  '--since needs a date such as 2026-01-31, not "…"': "Write year, month and day.",
  "GitHub shows no discussion in “…” although … comments are stored; check giscus.categoryId":
    "Copy `giscus.categoryId` from [giscus.app](https://giscus.app) once more. Nothing stored was removed.",
  "GitHub: GITHUB_TOKEN isn't set, so comments from Discussions aren't fetched":
    "Set `GITHUB_TOKEN` to a token that can read the repository's discussions.",
  "There is no source: set webmention.api, or giscus, or a post's syndication":
    "Choose a way to respond first: [conversation](../conversation.md).",
  "There is no source: … isn't a post on a supported network (Mastodon and Bluesky, unless `networks` in site.yaml switches them off)":
    "Add the address of a post on Mastodon or Bluesky to `syndication`: [conversation](../conversation.md).",
  'MASTODON_TOKENS must be a list such as "social.example=token other.example=token"':
    "Write each token after the host of its server and `=`, without spaces around it.",
};

const CIRCLE = "The server's list never ends. Nothing stored was changed; try again later.";
const WAIT = "Run the command again later; it goes on where it stopped.";
const SHAPE = "The service changed or is broken. Nothing stored was changed; if it lasts, please report it.";
const PRIVATE = "Requests to private and local addresses are refused. Correct the address.";
const SERVER = "The other server is at fault. Try again later.";

const NETWORK: Readonly<Record<string, string>> = {
  "Bluesky: the pages of app.bsky.feed.getLikes form a loop": CIRCLE,
  "Bluesky: the pages of app.bsky.feed.getRepostedBy form a loop": CIRCLE,
  "Bluesky: the pages of app.bsky.feed.getQuotes form a loop": CIRCLE,
  "…: the pages of quotes form a loop": CIRCLE,
  "…: the pages of favourited_by form a loop": CIRCLE,
  "…: the pages of reblogged_by form a loop": CIRCLE,
  "Bluesky answered with JSON in an unknown format": SHAPE,
  "… answered with JSON that isn't Mastodon's":
    "Is the address in `syndication` a post on a Mastodon server?",
  "… asks to wait (429)": WAIT,
  "… asks to wait for … seconds": WAIT,
  "… asks to wait for … seconds (…)": WAIT,
  "… asks to wait for a while (…)": WAIT,
  "GitHub asks to wait: …": WAIT,
  "… can't be reached: …": "Check the address and your connection; try again.",
  "… can't be reached": "Check the address; the receiver tries again later.",
  "The response is …": "The address isn't a web page. Correct it.",
  "No complete response within … seconds": SERVER,
  "The request was canceled": "You stopped the command. Run it again.",
  "More than … redirects": "The address leads to a loop. Use the page's final address.",
  "A request with a token is not redirected to …":
    "A token is sent to the configured host only. If the service moved, correct its address (`webmention.api`, or `syndication` and `MASTODON_TOKENS`).",
  'Redirect to "…"': "The other server redirects to something that isn't an address.",
  "A redirect without a usable address": SERVER,
  "It took too long": SERVER,
  "Its HTML is refused. …": "The page is too deeply nested to be read safely; its plain text is used.",
  "Connected to an unchecked address":
    "Your proxy or DNS changed the address between check and request. Try again.",
  "The connection was closed before the end of the response": "Try again; nothing half received is stored.",
  "The body isn't complete … data": SERVER,
  'The content coding "…" wasn\'t offered': SERVER,
  "The body is larger than … bytes": "The response is larger than the limit and is discarded.",
  "… is not on the public internet": PRIVATE,
  '"…" is not an absolute URL': "Write the whole address, with `https://`.",
  "… is neither http nor https": "Write an address that begins with `https://`.",
  "The URL contains a user name or password":
    "Remove it from the address; tokens belong in environment variables.",
  "… is a local name": PRIVATE,
  "… doesn't resolve": "Check the host's spelling and your connection.",
  "… has no address": "Check the host's spelling.",
  "Port … is neither 80 nor 443": "Only the standard ports are contacted. Correct the address.",
  "… needs a token (…), and none is set: …":
    "Set the environment variable: [conversation](../conversation.md).",
  "… refuses the token (…), which is wrong, revoked, or lacks a scope: …":
    "Make a new token and set the environment variable: [conversation](../conversation.md).",
  "… refuses requests without a login (…)": SERVER,
  "GitHub refuses the token: …": "Make a new token that can read discussions and set `GITHUB_TOKEN`.",
  "… answered with …": SERVER,
  "… answered with something other than JSON: …":
    "Correct the API address in `content/site.yaml`, or try again later.",
  "GitHub: there is no repository …, or it's private":
    "Correct `giscus.repo`; a private repository needs a token with access.",
  "GitHub: more than … pages of comments": SHAPE,
  "GitHub's response has an unexpected format (at …)": SHAPE,
  "GitHub: …": SERVER,
  "GitHub's response lacks the requested data": SHAPE,
  "… has more than … pages of mentions": CIRCLE,
  "… has more than … pages of deletions": CIRCLE,
  "… answered with JSON that isn't a JF2 feed":
    "Correct `webmention.api`: it's the API's root, such as `https://webmention.io/api/`.",
};

const RECEIVER: Readonly<Record<string, string>> = {
  'There is no "…"; it can be …': "Use one of these actions.",
  "There is no database …; --data names another": "Start the receiver once, or name the file with `--data`.",
  "--port can't be \"…\"; it's a number up to 65535": "Write a free port.",
  '"…" takes the ids that "receive list" shows': "Write one or more ids after the action.",
  '"rule" takes a domain and one of …, none': "For example `backfence receive rule pills.example block`.",
  '"…" isn\'t a domain such as pills.example': "Write the host alone, without https:// and without a path.",
  '"backup" takes the name of a new file': "Add the name of the copy.",
  "… exists already; a backup is a new file": "Name another file.",
  "The environment variable … isn't set":
    "Set it; the message has an example. [Receiver](../receiver.md) lists all.",
  "The environment variable … has a value that can't be used": "Correct it as in the example of the message.",
};

export const ADVICE: Readonly<Record<string, string>> = {
  ...COMMAND_LINE,
  ...MOVING,
  ...CONTENT,
  ...RESPONSES,
  ...NETWORK,
  ...RECEIVER,
};
