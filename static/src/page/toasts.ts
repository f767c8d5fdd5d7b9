/** Messages in the corner: each can be put away; good news goes by itself, bad news stays until it is read. */

const GOOD_NEWS_STAYS = 6_000;

export function startToasts(): void {
  const place = document.getElementById("toasts");
  if (!place) return;
  const equip = () => [...place.children].filter((one) => !one.querySelector("[data-put-away]")).forEach(equipOne);
  equip();
  new MutationObserver(equip).observe(place, { childList: true });
}

function equipOne(toast: Element): void {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-ghost btn-xs btn-square text-inherit";
  button.dataset["putAway"] = "";
  button.setAttribute("aria-label", "Put away");
  button.textContent = "✕";
  button.addEventListener("click", () => toast.remove());
  toast.append(button);
  if (toast.getAttribute("role") === "status") setTimeout(() => toast.remove(), GOOD_NEWS_STAYS);
}
