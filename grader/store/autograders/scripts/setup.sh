#!/usr/bin/env bash
# Gradescope runs this once, when the image is built: Python 3.11 or newer, and an environment with grade in it.
# GRADE_AUTOGRADER_BASE names another folder than /autograder, to try it; what pip reads from its environment applies.
set -euo pipefail

base=${GRADE_AUTOGRADER_BASE:-/autograder}
source=$base/source

will_do() {
    "$1" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    local candidate
    for candidate in ${GRADE_AUTOGRADER_PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if will_do "$candidate"; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

install() {
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || return 1
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq || echo "setup: the package lists could not be refreshed" >&2
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

python=$(find_python || true)
# The system's own Python first; Ubuntu 22.04 has 3.10 as its own and 3.11 beside it.
for version in python3 python3.12 python3.11; do
    if [ -z "$python" ] && install "$version" "$version-venv"; then
        python=$(find_python || true)
    fi
done
if [ -z "$python" ]; then
    echo "setup: Python 3.11 or newer with venv was not found; choose a newer base image, such as Ubuntu 24.04" >&2
    exit 1
fi

"$python" -m venv --clear "$source/.venv"
needed=("$source"/package/*.whl)
if [ -f "$source/course/requirements.txt" ]; then
    needed+=(--requirement "$source/course/requirements.txt")
fi
pip_install() {
    "$source/.venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@"
}
# The versions that the course was tried with; a Python that they do not support gets others that grade can use.
if ! pip_install --constraint "$source/package/constraints.txt" "${needed[@]}"; then
    echo "setup: not with the versions of package/constraints.txt; now with any that grade can use" >&2
    pip_install "${needed[@]}"
fi
"$source/.venv/bin/grade" --version
"$source/.venv/bin/grade" problems --course "$source/course"
