// The behaviour of every page. Each module minds one thing and is told here to begin.

import "./policy.js";
import { mindMenus } from "./menus.js";
import { mindTheme } from "./theme.js";

mindMenus();
mindTheme();
