;;; hegao-eglot.el --- hegao with eglot  -*- lexical-binding: t -*-

;; Load this file after installing hegao; then M-x eglot in a draft.

;;; Code:

(require 'eglot)

(add-to-list 'eglot-server-programs '((markdown-mode text-mode) . ("hegao" "lsp")))

(defun hegao-set-as-of (date)
  "Check all drafts as of DATE; with an empty DATE, as of their own dates."
  (interactive "sAs of (2022-07-10, today, or empty): ")
  (eglot-execute-command (eglot--current-server-or-lose) 'hegao.setAsOf
                         (vector (unless (string= date "") date))))

(defun hegao-fix-all ()
  "Apply every fix that is safe."
  (interactive)
  (eglot-code-actions (point-min) (point-max) "source.fixAll.hegao" t))

(provide 'hegao-eglot)
;;; hegao-eglot.el ends here
