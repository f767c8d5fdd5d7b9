/** Practise now in a tab that nobody looks at: it goes on asking, and tells by a notification where that was wanted. */

const WANTED = "practise:notify";

export function startWaiting(): void {
  if (document.querySelector("#practise") === null) return;
  keepAsking();
  offerToNotify();
  document.addEventListener("htmx:afterSettle", () => {
    offerToNotify();
    notify();
  });
}

function keepAsking(): void {
  try {
    const worker = new Worker(new URL("ticks.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", () => {
      if (document.hidden) document.querySelector("#practise")?.dispatchEvent(new Event("practise:ask"));
    });
  } catch {
    // Without a worker the page asks as often as its browser lets it.
  }
}

/** Shows the box that asks for notifications, where the browser has any; what was said is kept on this device. */
function offerToNotify(): void {
  const label = document.querySelector<HTMLElement>("[data-notify]");
  const box = label?.querySelector("input");
  if (!label || !box || !("Notification" in window) || Notification.permission === "denied") return;
  label.hidden = false;
  box.checked = isWanted();
  box.onchange = async () => {
    if (box.checked) box.checked = (await Notification.requestPermission()) === "granted";
    localStorage.setItem(WANTED, box.checked ? "yes" : "no");
  };
  words = label.dataset["notify"] ?? words;
}

let words = "Somebody is found.";
let told = "";

function isWanted(): boolean {
  return Notification.permission === "granted" && localStorage.getItem(WANTED) === "yes";
}

/** Once for each offer that comes while the page is hidden. */
function notify(): void {
  const offer = document.querySelector<HTMLElement>("[data-face=offered]")?.dataset["offer"] ?? "";
  if (offer === told) return;
  told = offer;
  if (!offer || !document.hidden || !("Notification" in window) || !isWanted()) return;
  try {
    const said = new Notification("Two Loops: partner found", { body: words, tag: "practise" });
    said.onclick = () => {
      window.focus();
      said.close();
    };
  } catch {
    // Phones show notifications of installed apps only; the title says it all the same.
  }
}
