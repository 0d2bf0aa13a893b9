#!/bin/sh
# Serves this folder: ./serve.sh, or for other machines too: HOST=0.0.0.0 PORT=8080 ./serve.sh
cd "$$(dirname "$$0")" && exec datasette . --host "$${HOST:-127.0.0.1}" --port "$${PORT:-8001}" "$$@"
