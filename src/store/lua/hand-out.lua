-- Leases the job of one stream entry that this worker owns in the group, and adds six values to `jobs`:
-- number of the stream among KEYS, owner hash, entry id, attempt, state as JSON, event as JSON.
-- `only_free`: not one that is leased already.
local function hand_out(jobs, stream, id, hash, nonce, now, only_free)
  local base = base_of(KEYS[stream])
  local box = base .. 'q:' .. hash
  local mail = redis.call('LRANGE', box, 0, 1)
  local valid, leased, handed, failed = parse_head(mail[1])
  if valid ~= id then
    -- Forgotten or expired since; a valid entry of this owner, if any, stands elsewhere in the stream.
    drop_entry(base, hash, id)
    return
  end
  if only_free and leased ~= '-' then
    return
  end
  if handed >= MAX_HAND_OUTS then
    bury(base, hash, id, mail[2], '"handed out ' .. handed .. ' times without an end"', now)
    return
  end
  redis.call('LSET', box, 0, id .. ' ' .. nonce .. ' ' .. handed + 1 .. ' ' .. failed)
  local _, _, state = read_record(base, hash, now)
  local n = #jobs
  jobs[n + 1], jobs[n + 2], jobs[n + 3] = stream, hash, id
  jobs[n + 4], jobs[n + 5], jobs[n + 6] = handed + 1, state, mail[2]
end
