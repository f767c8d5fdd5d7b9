"""How often things are done that pages and REST offer alike; each of these is spent where its verb is called."""

from __future__ import annotations

from casebank.limits import Limit

LINK = Limit("invite_link", 60, 600, "The last link that you made still works.")
SHARE = Limit("share_link", 30, 3_600, "The links that you made still work.")
MORE_TIME = Limit("extend", 10, besides="The clock runs on.")
SWAP = Limit("swap", 10)
# Each of these may send mail to somebody else.
AGREE = Limit("booking", 20, 600, "What is agreed already stays.")
# Looking people up by what they are called.
FIND = Limit("find_partner", 20, 600)
AVAILABILITY = Limit("availability", 60)
# Joining and leaving over and over would have the whole line looked at each time.
JOIN = Limit("practise", 20)
# Each reads up to a hundred reports.
TAKE_SESSIONS = Limit("sessions_take", 12, 3600, "The last file holds nearly the same.")
