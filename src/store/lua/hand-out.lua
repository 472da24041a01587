-- Leases the first event of the owner, and adds six values to `jobs`:
-- number of the stream among KEYS, owner hash, entry id, attempt, state as JSON, event as JSON.
local function lease_job(jobs, stream, id, hash, nonce, now, event, handed, failed)
  local base = base_of(KEYS[stream])
  redis.call('LSET', base .. 'q:' .. hash, 0, id .. ' ' .. nonce .. ' ' .. handed + 1 .. ' ' .. failed)
  local _, _, state = read_record(base, hash, now)
  local n = #jobs
  jobs[n + 1], jobs[n + 2], jobs[n + 3] = stream, hash, id
  jobs[n + 4], jobs[n + 5], jobs[n + 6] = handed + 1, state, event
end

local function bury_lost(base, hash, id, event, lost, now)
  bury(base, hash, id, event, '"handed out ' .. lost .. ' times without an end"', now)
end

-- Leases the job of one stream entry that this worker owns in the group.
-- `only_free`: not one that is leased already.
local function hand_out(jobs, stream, id, hash, nonce, now, only_free)
  local base = base_of(KEYS[stream])
  local mail = redis.call('LRANGE', base .. 'q:' .. hash, 0, 1)
  local valid, leased, handed, failed = parse_head(mail[1])
  if valid ~= id then
    -- Forgotten or expired since; a valid entry of this owner, if any, stands elsewhere in the stream.
    drop_entry(base, hash, id)
    return
  end
  if only_free and leased ~= '-' then
    return
  end
  local lost = handed - failed
  if lost >= MAX_LOST then
    bury_lost(base, hash, id, mail[2], lost, now)
  elseif lost >= APART_FROM then
    drop_entry(base, hash, id)
    wait_in(base, 'apart', hash, now, handed, failed)
  else
    lease_job(jobs, stream, id, hash, nonce, now, mail[2], handed, failed)
  end
end
