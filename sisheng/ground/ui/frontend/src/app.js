// The behaviour of every page. Each module minds one thing; here they are told to begin, in the order of their ears.

import { mindAnswers } from "./policy.js";
import { mindCallSheet } from "./callsheet.js";
import { mindCopying } from "./copying.js";
import { mindDeadlines } from "./deadlines.js";
import { mindDrafts } from "./drafts.js";
import { mindKeys } from "./keys.js";
import { mindMenus } from "./menus.js";
import { mindNotices } from "./notices.js";
import { mindNumbered } from "./numbered.js";
import { mindPalette } from "./palette.js";
import { mindPresence } from "./presence.js";
import { mindPreview } from "./preview.js";
import { mindQuickLog } from "./quicklog.js";
import { mindRows } from "./rows.js";
import { mindScanner } from "./scanner.js";
import { mindSelection } from "./selection.js";
import { mindSheets } from "./sheet.js";
import { mindShopFields } from "./shoppick.js";
import { mindStream } from "./stream.js";
import { mindTheme } from "./theme.js";
import { mindTwoKeys } from "./twokeys.js";

mindScanner(); // before the keys: it must hear a burst of digits first
mindKeys();
mindCallSheet();
mindMenus();
mindTheme();
mindAnswers();
mindDrafts();
mindRows();
mindSelection();
mindPreview();
mindQuickLog();
mindShopFields(); // after the quick log, whose answers it looks in
mindTwoKeys();
mindSheets(); // after the fields that know better what Enter means to them
mindNumbered();
mindPalette(); // after whoever knows better what to do with a scan
mindNotices(); // before the stream, which asks it whether to go on while nobody looks
mindStream();
mindDeadlines();
mindPresence();
mindCopying();
