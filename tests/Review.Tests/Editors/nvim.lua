-- Drives Neovim as its user would: opens MMREVIEW_FILE with the configuration of tools/editors/nvim, edits it until it reads like MMREVIEW_EDITED, waits for the
-- diagnostic of MMREVIEW_RULE, asks what it is, applies its fix, and waits until it is gone. Nothing is saved. Prints one line for each step; the last one is "done".
local file, rule = vim.env.MMREVIEW_FILE, vim.env.MMREVIEW_RULE

local function say(...)
  io.stdout:write(table.concat({ ... }, '\t'), '\n')
end

local function fail(what)
  say('failed', what)
  vim.cmd('cquit 1')
end

local function await(what, seconds, condition)
  if not vim.wait(seconds * 1000, condition, 20) then
    say('messages', vim.fn.execute('messages'))
    fail(what)
  end
end

local function diagnostics()
  return vim.tbl_filter(function(item)
    return item.source == 'mmreview' and (item.code == rule or (item.user_data and item.user_data.lsp.code == rule))
  end, vim.diagnostic.get(0))
end

require('mmreview').setup({ cmd = vim.split(vim.env.MMREVIEW_PROGRAM .. '\nlsp', '\n') })
vim.cmd('filetype on')
vim.cmd('edit ' .. vim.fn.fnameescape(file))
vim.api.nvim_buf_set_lines(0, 0, -1, true, vim.fn.readfile(vim.env.MMREVIEW_EDITED))
await('no diagnostic', 120, function()
  return #diagnostics() > 0
end)
local found = diagnostics()[1]
say('diagnostic', found.lnum + 1, found.message)

vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
local hover
vim.lsp.buf_request(0, 'textDocument/hover', vim.lsp.util.make_position_params(), function(_, result)
  hover = result or {}
end)
await('no hover', 30, function()
  return hover ~= nil
end)
say('hover', hover.contents and hover.contents.value:gsub('\n.*', '') or '')

-- The fix is the action of the kind quickfix that is preferred.
local actions
local parameters = vim.lsp.util.make_range_params()
parameters.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(0, found.lnum), only = { 'quickfix' } }
vim.lsp.buf_request(0, 'textDocument/codeAction', parameters, function(_, result)
  actions = result or {}
end)
await('no code actions', 30, function()
  return actions ~= nil
end)
local fixes = vim.tbl_filter(function(action)
  return action.isPreferred
end, actions)
if #fixes == 0 then
  fail('no fix among ' .. #actions .. ' actions')
end
say('fix', fixes[1].title)
vim.lsp.util.apply_workspace_edit(fixes[1].edit, 'utf-16')
await('the diagnostic stays', 60, function()
  return #diagnostics() == 0
end)
say('gone')
vim.lsp.stop_client(vim.lsp.get_active_clients())
await('the server stays', 10, function()
  return #vim.lsp.get_active_clients() == 0
end)
say('done')
vim.cmd('qall!')
