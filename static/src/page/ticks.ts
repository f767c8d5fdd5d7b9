/** A clock in a worker: a hidden page's own timers may fire once a minute only, and an offer lasts no longer. */
setInterval(() => postMessage(0), 5_000);
