-- mmreview in Neovim (0.7.2 and later): reviews the C files of kernel trees, beside clangd.
--
--   vim.opt.runtimepath:append('/path/to/mmreview/tools/editors/nvim')
--   require('mmreview').setup({})
--
-- Options: cmd = the server as a list of words; settings = what stands under "mmreview" (README.md beside this folder lists it).

local M = {}

local here = debug.getinfo(1, 'S').source:sub(2)
local repository = vim.fn.fnamemodify(here, ':p:h:h:h:h:h')

M.options = { cmd = { repository .. '/mmreview', 'lsp' }, settings = {} }

-- The top folder of the kernel tree that a file is in; nil if it is in none.
function M.root(file)
  local folder = vim.fn.fnamemodify(file, ':p:h')
  while true do
    if vim.fn.filereadable(folder .. '/Kconfig') == 1 and vim.fn.filereadable(folder .. '/mm/madvise.c') == 1 then
      return folder
    end
    local above = vim.fn.fnamemodify(folder, ':h')
    if above == folder then
      return nil
    end
    folder = above
  end
end

local clients = {}

-- Starts the server of a buffer's tree, once for each tree, and attaches the buffer to it.
function M.attach(buffer)
  local root = M.root(vim.api.nvim_buf_get_name(buffer))
  if root == nil then
    return nil
  end
  local client = clients[root] and vim.lsp.get_client_by_id(clients[root])
  if client == nil then
    clients[root] = vim.lsp.start_client({
      name = 'mmreview',
      cmd = M.options.cmd,
      root_dir = root,
      workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
      settings = { mmreview = M.options.settings },
      init_options = { mmreview = M.options.settings },
      on_exit = function()
        clients[root] = nil
      end,
    })
  end
  vim.lsp.buf_attach_client(buffer, clients[root])
  return clients[root]
end

function M.setup(options)
  M.options = vim.tbl_extend('force', M.options, options or {})
  local group = vim.api.nvim_create_augroup('mmreview', { clear = true })
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = 'c',
    callback = function(event)
      M.attach(event.buf)
    end,
  })
end

return M
