/** Gives each code block a button that copies it; while it copies, or when it may not, the code is selected. */
export function addCopyButtons(): void {
  if (!("clipboard" in navigator)) return;
  for (const block of document.querySelectorAll<HTMLElement>("pre[data-code]")) {
    const [copy = "", copied = ""] = (block.dataset["code"] ?? "").split("|");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.ariaLive = "polite";
    button.textContent = copy;
    button.onclick = async () => {
      getSelection()?.selectAllChildren(block);
      await navigator.clipboard.writeText(block.textContent);
      getSelection()?.removeAllRanges();
      button.textContent = copied;
      setTimeout(() => (button.textContent = copy), 2000);
    };
    block.after(button);
  }
}
