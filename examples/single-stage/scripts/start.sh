#!/bin/sh
exec python -m reports "$@"
