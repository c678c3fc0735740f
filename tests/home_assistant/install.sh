# Puts Home Assistant into a virtual environment of its own, the first argument. It takes minutes,
# once. Nothing is wrong where there is no Python 3.13: its tests then say so and are skipped.
set -eu
folder=$1
[ ! -e "$folder/.ready" ] || exit 0
for python in "${PYTHON313:-}" python3.13 "$HOME"/.pyenv/versions/3.13.*/bin/python; do
    [ -n "$python" ] || continue
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    [ "$version" = 3.13 ] || continue
    echo "Installing Home Assistant into $folder ..."
    "$python" -m venv --clear "$folder"
    # The newest that every Python 3.13 takes, and the paho-mqtt that it asks for.
    "$folder/bin/python" -m pip install -q -q --disable-pip-version-check \
        homeassistant==2025.4.4 paho-mqtt==2.1.0
    touch "$folder/.ready"
    exit 0
done
