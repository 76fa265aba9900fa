"""The files under editors/ that no test runs are at least well formed, and start `hegao lsp`."""

import json
import pathlib
import re
import sys
import tomllib

EDITORS = pathlib.Path(__file__).parents[2] / "editors"
failed = []
passed = 0


def check(what: str, ok: bool) -> None:
    global passed
    if ok:
        passed += 1
    else:
        failed.append(what)


def parse(path: str):
    text = (EDITORS / path).read_text(encoding="utf-8")
    try:
        return (tomllib.loads if path.endswith(".toml") else json.loads)(text)
    except ValueError as error:
        check(f"{path}: {error}", False)
        return None


helix = parse("helix/languages.toml")
server = helix["language-server"]["hegao"]
check("helix starts hegao lsp", [server["command"], *server["args"]] == ["hegao", "lsp"])
check("helix uses it for its languages", all(item["language-servers"] == ["hegao"] for item in helix["language"]))
zed = parse("zed/extension.toml")
languages = zed["language_servers"]["hegao"]
check("zed names each language's id", set(languages["languages"]) == set(languages["language_ids"]))
check("zed's versions agree", zed["version"] == parse("zed/Cargo.toml")["package"]["version"])
coc = parse("vim/coc-settings.json")["languageserver"]["hegao"]
check("coc starts hegao lsp", [coc["command"], *coc["args"]] == ["hegao", "lsp"])
sublime = parse("sublime/LSP.sublime-settings")["clients"]["hegao"]
check("sublime starts hegao lsp", sublime["command"] == ["hegao", "lsp"])
kate = parse("kate/settings.json")["servers"].values()
check("kate starts hegao lsp", all(server["command"] == ["hegao", "lsp"] for server in kate))
jetbrains = parse("jetbrains/template.json")
check("jetbrains starts hegao lsp", jetbrains["programArgs"]["default"] == "hegao lsp")
kakoune = (EDITORS / "kakoune/kak-lsp.kak").read_text(encoding="utf-8")
inner = tomllib.loads(re.search(r"lsp_servers %\{(.*?)\n    \}", kakoune, re.S)[1])
check("kakoune starts hegao lsp", [inner["hegao"]["command"], *inner["hegao"]["args"]] == ["hegao", "lsp"])

version = tomllib.loads((EDITORS.parent / "Cargo.toml").read_text(encoding="utf-8"))["package"]["version"]
check("the extension has hegao's version", parse("vscode/package.json")["version"] == version)
for folder in sorted(path for path in EDITORS.iterdir() if path.is_dir()):
    readme = folder / "README.md"
    check(f"{folder.name} has a README", readme.is_file())
    text = readme.read_text(encoding="utf-8") if readme.is_file() else ""
    for link in re.findall(r"\]\(([^)#:]+)\)", text):
        check(f"{folder.name}/README.md: {link} is there", (folder / link).exists())

print(*(f"editor files: FAILED {fault}" for fault in failed), sep="\n", end="\n" if failed else "")
print(f"editor files: {passed} passed, {len(failed)} failed")
sys.exit(1 if failed else 0)
