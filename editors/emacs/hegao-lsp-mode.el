;;; hegao-lsp-mode.el --- hegao with lsp-mode  -*- lexical-binding: t -*-

;; Load this file after installing hegao and lsp-mode; then M-x lsp in a draft.

;;; Code:

(require 'lsp-mode)

(add-to-list 'lsp-language-id-configuration '(text-mode . "plaintext"))
(lsp-register-client
 (make-lsp-client :new-connection (lsp-stdio-connection '("hegao" "lsp"))
                  :activation-fn (lsp-activate-on "markdown" "plaintext")
                  :notification-handlers (lsp-ht ("hegao/status" #'ignore))
                  :add-on? t
                  :server-id 'hegao))

(provide 'hegao-lsp-mode)
;;; hegao-lsp-mode.el ends here
