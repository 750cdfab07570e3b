/** Worker thread that removes folders. */
import { rmSync } from "node:fs";

export default function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
