"""Receive webhooks: SECRET=whsec_... python receive_webhooks.py PORT"""

import base64
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

SECRET = base64.b64decode(os.environ["SECRET"].removeprefix("whsec_"))
seen = set()  # in a table, where what is done twice would matter


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        id, at = self.headers.get("webhook-id", ""), self.headers.get("webhook-timestamp", "")
        signed = base64.b64encode(hmac.digest(SECRET, f"{id}.{at}.".encode() + body, "sha256"))
        offered = self.headers.get("webhook-signature", "").split()
        genuine = any(hmac.compare_digest(b"v1," + signed, one.encode()) for one in offered)
        fresh = at.isdigit() and abs(time.time() - int(at)) < 300
        self.send_response(204 if genuine and fresh else 401)
        self.end_headers()
        if genuine and fresh and id not in seen:
            seen.add(id)
            print(json.loads(body), flush=True)


HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
