/** Runs before each test file. */
import { configureGlobal } from "fast-check";
import { cleanUpAfterFile } from "./after-file.ts";

/** Property tests use the same values in every run of the test suite; see `propertyRuns`. */
if (process.env["PROPERTY_TIMES"] === undefined) configureGlobal({ seed: 20_261_130 });

cleanUpAfterFile();
