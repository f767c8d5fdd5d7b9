"""Book an interview, run it and read its score: python interview.py URL CANDIDATE_TOKEN INTERVIEWER_TOKEN"""

import json
import sys
import time
import urllib.request
import uuid


def api(url, token):
    """A function that calls the API as whoever holds the token, and gives what it says."""

    def call(method, path, **body):
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        if method == "POST":
            # With the same key again, a lost answer comes again and nothing is done twice.
            headers["Idempotency-Key"] = str(uuid.uuid4())
        data = json.dumps(body).encode() if method != "GET" else None
        request = urllib.request.Request(f"{url}/api/v1/{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.loads(response.read() or "null")

    return call


def until(ask, ready, every=2.0):
    """Ask again until it is ready."""
    while not ready(said := ask()):
        time.sleep(every)
    return said


def main(url, candidate_token, interviewer_token):
    candidate, interviewer = api(url, candidate_token), api(url, interviewer_token)

    interviewer("PUT", "calendar/listing/", wanted="interviewer", language="en")
    for weekday in range(7):
        if not any(one["weekday"] == weekday for one in interviewer("GET", "calendar/hours/")):
            interviewer("POST", "calendar/hours/", weekday=weekday, begins=0, ends=1440)
    offer = interviewer("GET", "calendar/listing/")["id"]
    start = candidate("GET", f"calendar/people/{offer}/?minutes=45")["starts"][0]
    plan = {"start": start, "minutes": 45, "role": "candidate", "framework": "seven-step"}
    booking = "bookings/" + candidate("POST", f"calendar/people/{offer}/", **plan)["id"] + "/"
    print("Booked for", start, flush=True)

    until(lambda: candidate("GET", booking), lambda said: said["doors_open"])
    session = "sessions/" + candidate("POST", f"{booking}open/")["id"] + "/"
    interviewer("POST", f"{session}start/")
    text = "Rank ads by predicted click-through rate times bid, for 30k requests per second within 100 ms."
    candidate("PUT", f"{session}notes/clarify/", text=text, base=0)
    interviewer("POST", f"{session}ticks/", item="clarify.goal", level=2)
    candidate("POST", f"{session}submit/")

    candidate("POST", f"{session}feedback/skip/")
    report = until(lambda: candidate("GET", f"{session}report/"), lambda said: said["sheet"])
    print("Score:", report["overall_label"], flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
