/** Unpacks the browser that npm brought along into the temporary folder of its process. */
import bundled from "@sparticuz/chromium";

await bundled.executablePath();
