#!/bin/sh
# Gives the body of a POST back, and to anything else an object.
printf 'Content-Type: application/json\r\n\r\n'
if [ "$REQUEST_METHOD" = POST ]; then
    exec cat
fi
printf '{"method":"%s"}' "$REQUEST_METHOD"
