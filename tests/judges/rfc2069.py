"""Digest as RFC 2069 has it, without `qop`, in front of an API that gives back what it got.

The digest is Flask-HTTPAuth's. Its nonces live in cookies, which an API client has no use for, so they
are kept here.
"""

import secrets
import threading

from flask import Flask, jsonify, request
from flask_httpauth import HTTPDigestAuth

USERS = {"Mufasa": "Circle of Life"}

app = Flask(__name__)
auth = HTTPDigestAuth(realm="judges", qop=None)
lock = threading.Lock()
given = set()


def give():
    value = secrets.token_hex(16)
    with lock:
        given.add(value)
    return value


def is_given(value):
    with lock:
        return value in given


auth.generate_nonce(give)
auth.verify_nonce(is_given)
auth.generate_opaque(give)
auth.verify_opaque(is_given)
auth.get_password(USERS.get)


@app.post("/md5/<path:name>")
@auth.login_required
def echo(name):
    return jsonify(request.get_json())


@app.get("/md5/<path:name>")
@auth.login_required
def read(name):
    return jsonify(name=name)
