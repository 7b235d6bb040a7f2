"""An authorization server with the client-credentials grant, and an API behind it.

The grant, the client's authentication, the revocation and the check of tokens are Authlib's; what is
here keeps its tokens in memory.
"""

import threading
import time

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector
from authlib.oauth2.rfc6749 import ClientMixin, TokenMixin
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from authlib.oauth2.rfc6750 import BearerTokenGenerator, BearerTokenValidator
from authlib.oauth2.rfc7009 import RevocationEndpoint
from flask import Flask, jsonify, request

ID = "mdb_sa_id:1%2F"
SECRET = "s3cr&t=+/é:?"


class Client(ClientMixin):
    """The only client there is."""

    client_id = ID

    def get_client_id(self):
        return ID

    def get_default_redirect_uri(self):
        return None

    def get_allowed_scope(self, scope):
        return scope if scope in ("", "backup") else ""

    def check_client_secret(self, client_secret):
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method, endpoint):
        return method == "client_secret_basic"

    def check_grant_type(self, grant_type):
        return grant_type == "client_credentials"


class Token(TokenMixin):
    def __init__(self, value, scope, lifetime):
        self.value, self.scope, self.end = value, scope, time.time() + lifetime

    def check_client(self, client):
        return client.get_client_id() == ID

    def get_scope(self):
        return self.scope

    def is_expired(self):
        return time.time() > self.end

    def is_revoked(self):
        return False


tokens = {}
lock = threading.Lock()


def save_token(token, _request):
    with lock:
        value = token["access_token"]
        tokens[value] = Token(value, token.get("scope") or "", token["expires_in"])


class Grant(ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic"]


class Revocation(RevocationEndpoint):
    CLIENT_AUTH_METHODS = ["client_secret_basic"]

    def query_token(self, token_string, token_type_hint):
        return tokens.get(token_string)

    def revoke_token(self, token, _request):
        with lock:
            tokens.pop(token.value, None)


class Validator(BearerTokenValidator):
    def authenticate_token(self, token_string):
        return tokens.get(token_string)


app = Flask(__name__)
app.config["OAUTH2_SCOPES_SUPPORTED"] = ["backup"]
server = AuthorizationServer(
    app, query_client=lambda id: Client() if id == ID else None, save_token=save_token
)
server.scopes_supported = ["backup"]
server.register_token_generator(
    "default", BearerTokenGenerator(lambda **_: f"token-{time.monotonic_ns()}")
)
server.register_grant(Grant)
server.register_endpoint(Revocation)
require = ResourceProtector()
require.register_token_validator(Validator())


@app.post("/oauth/token")
def give_token():
    # Long enough for all who wait to be waiting.
    time.sleep(0.1)
    return server.create_token_response()


@app.post("/oauth/revoke")
def revoke():
    return server.create_endpoint_response(Revocation.ENDPOINT_NAME)


@app.post("/echo")
@require()
def echo():
    return jsonify(request.get_json())


@app.get("/live")
@require()
def live():
    return jsonify(live=len(tokens))


@app.get("/lose")
@require()
def lose():
    with lock:
        tokens.clear()
    return jsonify(lost=True)
