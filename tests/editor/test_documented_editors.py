"""The settings that `docs/editors.md` gives for editors are tried in those that are installed, without a screen."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from filiera.paths import Project

Absent = Callable[[str], NoReturn]

PAGE = Path(__file__).parents[2] / "docs" / "editors.md"
FILIERA = Path(sysconfig.get_path("scripts")) / "filiera"
NVIM, EMACS = shutil.which("nvim") or "", shutil.which("emacs") or ""

#: The manuscript has a wrong key in its first line, a right one in its second, and one that is being written.
MARKDOWN = "The 😀 lamps [@odegard-2003x].\n\nSo @odegard-strauss-2014 say, and [@brine-19\n"
LATEX = "The lamps \\citep{odegard-2003x}.\n\nSo \\citet{odegard-strauss-2014}, and \\citep{brine-19}\n"

BY_NEOVIM = """
local said = {}
local function ask(method, line, character)
  local params = { textDocument = vim.lsp.util.make_text_document_params() }
  params.position = { line = line, character = character }
  for _, one in pairs(vim.lsp.buf_request_sync(0, method, params, 10000) or {}) do return one.result end
end
vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 50)
for _, one in ipairs(vim.diagnostic.get(0)) do table.insert(said, { one.lnum + 1, one.col, one.message }) end
local items = ask('textDocument/completion', 2, 42).items
local texts = {}
for _, one in ipairs(items) do table.insert(texts, one.textEdit.newText) end
local hover = ask('textDocument/hover', 2, 10).contents.value
vim.api.nvim_win_set_cursor(0, { 3, 10 })
vim.lsp.buf.definition()
vim.wait(10000, function() return vim.api.nvim_buf_get_name(0):match('yaml$') ~= nil end, 50)
local place = vim.api.nvim_buf_get_name(0) .. ':' .. vim.api.nvim_win_get_cursor(0)[1]
vim.fn.writefile({ vim.fn.json_encode({ said, texts, hover, place }) }, 'said.json')
vim.cmd('qa!')
"""

BY_EMACS = """
(setq eglot-sync-connect 20)
(find-file "ms.tex")
(latex-mode)
(eglot-ensure)
(run-hooks 'post-command-hook)
(flymake-mode 1)
(let ((tries 0))
  (while (and (< tries 100) (null (flymake-diagnostics)))
    (accept-process-output nil 0.2) (flymake-start) (setq tries (1+ tries))))
(let ((said (mapcar (lambda (one) (vector (line-number-at-pos (flymake-diagnostic-beg one)) 0
                                          (flymake-diagnostic-text one))) (flymake-diagnostics)))
      texts hover)
  (goto-char (point-min)) (search-forward "brine-19")
  (let ((at (run-hook-with-args-until-success 'completion-at-point-functions)))
    (setq texts (all-completions (buffer-substring-no-properties (nth 0 at) (nth 1 at)) (nth 2 at))))
  (goto-char (point-min)) (search-forward "odegard-strauss")
  (eglot-hover-eldoc-function (lambda (text &rest _) (setq hover text)))
  (let ((tries 0)) (while (and (< tries 50) (null hover)) (accept-process-output nil 0.2) (setq tries (1+ tries))))
  (let* ((found (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot)))
         (at (xref-location-marker (xref-item-location (car found))))
         (place (with-current-buffer (marker-buffer at) (format "%s:%d" (buffer-file-name) (line-number-at-pos at)))))
    (with-temp-file "said.json"
      (insert (json-encode (vector (vconcat said) (vconcat (mapcar #'substring-no-properties texts))
                                   (substring-no-properties hover) place))))))
(kill-emacs 0)
"""


def _settings(language: str, built: Project) -> list[str]:
    """Return the settings of the page for manuscripts, for the base at hand."""
    page = PAGE.read_text(encoding="utf-8").partition("## Manuscripts")[2]
    blocks = re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)
    assert blocks
    base = {"'filiera', 'lsp'": f"'{FILIERA}', 'lsp', '--build', '{built.build}'", "~/filiera/kb": str(built.kb)}
    base['"filiera" "lsp"'] = f'"{FILIERA}" "lsp" "--build" "{built.build}"'
    for documented, here in base.items():
        blocks = [block.replace(documented, here) for block in blocks]
    return blocks


def _holds(folder: Path, built: Project) -> None:
    """Hold what the editor was told against what the base has."""
    said, texts, hover, place = json.loads((folder / "said.json").read_text(encoding="utf-8"))

    wrong: list[Any] = [one for one in said if "odegard-2003x" in one[2]]
    assert [(line, "did you mean 'odegard-2003a'?" in message) for line, _, message in wrong] == [(1, True)]
    assert {"brine-1987", "brine-1988"} <= set(texts)
    assert "Lenses for Lighthouses" in hover
    assert Path(place.rpartition(":")[0]).resolve() == (built.kb / "works" / "odegard-strauss-2014.yaml").resolve()
    assert place.endswith(":1")


def test_the_settings_for_neovim_do_what_the_page_says(built: Project, tmp_path: Path, absent: Absent) -> None:
    """Findings, completion, explanation and the record come, by the settings for this version of Neovim."""
    if not NVIM:
        absent("Neovim is not installed (apt-get install neovim)")
    shown = subprocess.run([NVIM, "--version"], capture_output=True, text=True, check=True).stdout
    version = tuple(map(int, re.findall(r"\d+", shown)[:2]))
    new, old = _settings("lua", built)
    (tmp_path / "init.lua").write_text(new if version >= (0, 11) else old, encoding="utf-8")
    (tmp_path / "drive.lua").write_text(BY_NEOVIM, encoding="utf-8")
    (tmp_path / "ms.md").write_text(MARKDOWN, encoding="utf-8")
    (tmp_path / ".git").mkdir()
    command = [NVIM, "--headless", "-n", "--clean", "-u", "init.lua", "ms.md", "-c", "luafile drive.lua"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=90, check=False)

    _holds(tmp_path, built)


def _has_eglot() -> bool:
    command = [EMACS, "--batch", "--eval", "(progn (package-initialize) (require 'eglot))"]
    return EMACS != "" and not subprocess.run(command, capture_output=True, check=False).returncode


def test_the_settings_for_emacs_do_what_the_page_says(built: Project, tmp_path: Path, absent: Absent) -> None:
    """Findings, completion, explanation and the record come by Eglot."""
    if not _has_eglot():
        absent("Emacs is not installed, or has no Eglot (apt-get install emacs-nox elpa-eglot)")
    (settings,) = _settings("elisp", built)
    script = f"(package-initialize) (require 'eglot) (require 'flymake) (require 'json)\n{settings}\n{BY_EMACS}"
    (tmp_path / "drive.el").write_text(script, encoding="utf-8")
    (tmp_path / "ms.tex").write_text(LATEX, encoding="utf-8")
    (tmp_path / ".git").mkdir()
    subprocess.run([EMACS, "--batch", "-l", "drive.el"], cwd=tmp_path, capture_output=True, timeout=90, check=False)

    _holds(tmp_path, built)
