"""A server that answers by the document, and judges every request and its own answers by it.

The judging is openapi-core's. It knows JSON by its exact media types, so it is told of the vendor's.
"""

import json
import os
import threading

import yaml
from flask import Flask, Response, jsonify, request
from openapi_core import Config, OpenAPI
from openapi_core.contrib.flask import FlaskOpenAPIRequest, FlaskOpenAPIResponse

VENDOR = "application/vnd.atlas.2023-01-01+json"
PATH = "/api/atlas/v2/groups/<groupId>/clusters/<clusterName>/backup/snapshots"

with open(os.environ["DOCUMENT"], encoding="utf-8") as file:
    document = yaml.safe_load(file)
document["servers"] = [{"url": "/"}]
openapi = OpenAPI.from_dict(
    document, config=Config(extra_media_type_deserializers={VENDOR: json.loads})
)

SNAPSHOT = {
    "createdAt": "2026-11-23T09:15:42Z",
    "frequencyType": "daily",
    "id": "6742a1b0c9d8e7f605142332",
    "links": [{"href": "https://cloud.example/x", "rel": "self"}],
    "masterKeyUUID": "8f14e45f-ceea-467f-9a52-3c1d7be0a9d4",
    "policyItems": ["65c3b2a1908f7e6d5c4b3a29"],
    "snapshotType": "onDemand",
    "status": "queued",
    "storageSizeBytes": 7301444403,
    "type": "replicaSet",
    "cloudProvider": "AWS",
    "replicaSetName": "atlas-x1y2z3-shard-0",
}

app = Flask(__name__)
lock = threading.Lock()
judged = {"requests": 0, "answers": 0, "violations": []}


def judge(kind, validate):
    """Counts, and keeps what the validation has to say."""
    problem = None
    try:
        validate()
    except Exception as error:  # whatever it raises is its verdict
        problem = f"{kind}: {error!r} {error.__cause__!r}"
    with lock:
        judged[kind] += 1
        if problem:
            judged["violations"].append(problem)


@app.post(PATH)
def take_snapshot(groupId, clusterName):
    """The cluster's name says which answer is wanted."""
    seen = FlaskOpenAPIRequest(request)
    judge("requests", lambda: openapi.validate_request(seen))
    status = int(clusterName.rsplit("-", 1)[1])
    if status == 200:
        # It says what it was asked to keep, so that the client can compare.
        description = request.get_json(force=True).get("description", "")
        text = json.dumps(SNAPSHOT | {"description": description})
        answer = Response(text, 200, content_type=VENDOR)
    else:
        body = {"error": status, "errorCode": f"ERR_{status}", "detail": None, "parameters": ["a", 7]}
        text = json.dumps(body)
        answer = Response(text, status, content_type="application/json; charset=utf-8")
    judge("answers", lambda: openapi.validate_response(seen, FlaskOpenAPIResponse(answer)))
    return answer


@app.get("/judgement")
def judgement():
    with lock:
        return jsonify(judged)
