/** Adds a copy button to each code block, if the Clipboard API is available. */
export function defineCodeCopy(): void {
  if (!("clipboard" in navigator)) return;
  for (const block of document.querySelectorAll<HTMLElement>("pre[data-code]")) {
    const [copy = "", copied = ""] = (block.dataset["code"] ?? "").split("|");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.ariaLive = "polite";
    button.textContent = copy;
    button.onclick = async () => {
      await navigator.clipboard.writeText(block.textContent);
      button.textContent = copied;
      setTimeout(() => (button.textContent = copy), 2000);
    };
    block.after(button);
  }
}
