#!/usr/bin/env bash
# Succeed when node 18 or newer and a working npm are on the path.
command -v node >/dev/null && command -v npm >/dev/null || exit 1
npm --version >/dev/null 2>&1 || exit 1
test "$(node -p 'process.versions.node.split(".")[0]')" -ge 18
