"""An addon of mitmproxy: does to an exchange what the name of the cluster in its path asks for.

The name is `WHAT-STATUS`; the server behind looks at the status alone. How often anyone came, and how
often somebody did not trust the certificate, is told under `/witness`.
"""

import json
import re

from mitmproxy import http

NAME = re.compile(r"/clusters/([a-z0-9-]+)-\d+/backup/snapshots$")

seen = {"requests": 0, "distrusted": 0}


def wish(flow):
    found = NAME.search(flow.request.path.split("?")[0])
    return found[1] if found else ""


def tls_failed_client(_data):
    seen["distrusted"] += 1


def request(flow):
    if flow.request.path == "/witness":
        text = json.dumps(seen)
        flow.response = http.Response.make(200, text, {"Content-Type": "application/json"})
        return
    seen["requests"] += 1
    if wish(flow) == "kill-before":
        flow.kill()


def response(flow):
    what = wish(flow)
    if what == "kill-after":
        flow.kill()
    elif what == "page":
        flow.response.headers["Content-Type"] = "text/html"
        flow.response.text = "<html>Please log in to the network.</html>"
    elif what.startswith("as-"):
        flow.response.status_code = int(what.removeprefix("as-"))
        if flow.response.status_code == 204:
            flow.response.content = b""
        if 300 <= flow.response.status_code < 400:
            flow.response.headers["Location"] = "/elsewhere"
