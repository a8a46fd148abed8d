#!/usr/bin/env bash
# The training service with nothing but curl: submit, watch, cancel, download.
#
#   ENGRAM_URL=http://127.0.0.1:4600 ENGRAM_TOKEN=engram_… examples/service.sh
set -euo pipefail

url=${ENGRAM_URL:-http://127.0.0.1:4600}/v1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# the token goes through a file, since arguments can be seen by every user of a machine
printf 'header = "Authorization: Bearer %s"\n' "${ENGRAM_TOKEN:?set ENGRAM_TOKEN}" >"$folder/token"
chmod 600 "$folder/token"
call() { curl --silent --show-error --fail-with-body --config "$folder/token" "$@"; }
# the first value of that name in a line of JSON
value() { awk -v key="\"$1\":\"" '{ at = index($0, key); if (at) { rest = substr($0, at + length(key)); print substr(rest, 1, index(rest, "\"") - 1) } }'; }

experiment() { # $1: training steps per task
  cat <<JSON
{
  "spec": {
    "version": "engram.experiment/1",
    "data": { "source": "named", "dataset": "digits", "size": "full" },
    "stream": { "kind": "split", "tasks": 5, "classOrder": "seeded" },
    "scenario": "task", "heads": "multi", "activeClasses": "all",
    "model": { "kind": "mlp", "hidden": [16] },
    "optimizer": { "kind": "adam", "learningRate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "resetPerTask": false },
    "training": { "iterations": $1, "batchSize": 8 },
    "evaluation": { "examples": "all" },
    "strategies": []
  }
}
JSON
}

echo "submit: the same Idempotency-Key submits once, however often the request is sent"
key=$(date +%s)-$$
for _ in 1 2; do
  id=$(experiment 20 | call "$url/runs" --header 'content-type: application/json' --header "idempotency-key: $key" --data @- | value id)
  echo "  run $id"
done

echo "watch: server-sent events until the run ends; --header 'Last-Event-ID: 41' would go on after number 41"
call --no-buffer "$url/runs/$id/events" --header 'accept: text/event-stream' |
  sed -n 's/.*"type":"status",.*"status":"\([a-z]*\)".*/  \1/p'

echo "download: the trained network as TensorFlow.js layers, with its model card"
call "$url/runs/$id/export?format=layers" --output "$folder/model.zip"
echo "  $(wc -c <"$folder/model.zip") bytes"
{ call "$url/runs/$id/artifacts" && echo; } | tr '{' '\n' | sed -n 's/.*"name":"\([^"]*\)".*/  also \1/p'

echo "cancel"
long=$(experiment 1000000 | call "$url/runs" --header 'content-type: application/json' --data @- | value id)
call --request POST "$url/runs/$long/cancel" --header 'content-type: application/json' --data '{}' >"$folder/answer"
status=
for _ in $(seq 300); do
  status=$(call "$url/runs/$long" | value status)
  [ "$status" = canceled ] && break
  sleep 0.1
done
echo "  $status"
