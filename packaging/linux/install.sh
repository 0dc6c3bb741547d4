#!/bin/sh
# Installs into the home of whoever runs it, or for everybody when run as root. Data is never touched.
# install.sh --remove takes the program away again.
set -eu
cd "$(dirname "$0")"

if [ "$(id -u)" = 0 ]; then
    program=/opt/sangyu commands=/usr/local/bin share=/usr/local/share
else
    program="$HOME/.local/opt/sangyu" commands="$HOME/.local/bin" share="${XDG_DATA_HOME:-$HOME/.local/share}"
fi
entry="$share/applications/sangyu.desktop"
icon="$share/icons/hicolor/scalable/apps/sangyu.svg"

rm -rf "$program.new"
if [ "${1:-}" = --remove ]; then
    rm -rf "$program"
    rm -f "$commands/sangyu" "$entry" "$icon"
    echo "桑榆已卸载；您的数据没有动。"
    exit 0
fi

mkdir -p "$(dirname "$program")" "$commands" "$(dirname "$entry")" "$(dirname "$icon")"
cp -R sangyu "$program.new"
rm -rf "$program"
mv "$program.new" "$program"
ln -sf "$program/sangyu" "$commands/sangyu"
cp sangyu.svg "$icon"
sed "s|^Exec=.*|Exec=\"$program/sangyu\"|" sangyu.desktop > "$entry"
echo "桑榆已装好，请在开始菜单的“办公”里打开。"
