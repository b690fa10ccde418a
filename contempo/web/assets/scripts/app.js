// Every page loads this. It makes pages quicker and calmer; nothing on a page depends on it.

import "htmx.org";
import "./menus.js";
import "./forms.js";
import "./announce.js";
import "./lists.js";
import "./ahead.js";
