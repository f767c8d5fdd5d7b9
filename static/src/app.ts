/** The entry of every page. Everything here makes a page better; none needs it. */
import "./css/app.css";
import { startClipboard } from "./page/clipboard.ts";
import { startCounting } from "./page/counting.ts";
import { startDialogs } from "./page/dialogs.ts";
import { startDrafts } from "./page/drafts.ts";
import { startFilters } from "./page/filter.ts";
import { startHtmx } from "./page/htmx.ts";
import { startMarks } from "./page/marks.ts";
import { startPasskeys } from "./page/passkeys.ts";
import { startToasts } from "./page/toasts.ts";
import { startLocalTimes } from "./page/times.ts";
import { startTheme } from "./page/theme.ts";
import { fillTimezone } from "./page/timezone.ts";
import { startWaiting } from "./page/waiting.ts";

startTheme();
startHtmx();
startDialogs();
startDrafts();
startClipboard();
startCounting();
startFilters();
startMarks();
startPasskeys();
startToasts();
startLocalTimes();
fillTimezone();
startWaiting();
