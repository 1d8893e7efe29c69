-- The language server for plans; vim.lsp.enable('milepost') turns it on.
return {
  cmd = { 'milepost-lsp' },
  filetypes = { 'milepost' },
  root_markers = { '.git' },
}
