/** Unpacks the browser from npm into this process's temporary folder. */
import bundled from "@sparticuz/chromium";

await bundled.executablePath();
