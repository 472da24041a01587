-- The mailbox of an owner and its place in the queue of its partition:
--   <prefix>:{p}:mail      stream, group "workers": one entry (field o = owner hash) for each owner that has mail
--   <prefix>:{p}:later     zset    owner hash -> ms: owners that wait after a failure, and are not in `mail` meanwhile
--   <prefix>:{p}:apart     zset    owner hash -> ms since when: owners whose event may kill its worker; not in `mail` either
--   <prefix>:{p}:held      zset    owner hash -> ms: owners whose job was leased without an entry in `mail`, and when
--                                  the lease ends by the clock of Redis
--   <prefix>:{p}:q:<hash>  list    a head line, then the events as JSON, oldest first; gone when there is no mail
-- Head line: "<stream entry id or -> <nonce of the lease or -> <hand-outs> <failures>", both counts of the first event.
-- It is the one place that says which entry and which lease are valid: any other entry or lease is void.

local function base_of(mail)
  return string.sub(mail, 1, -5)
end

local function parse_head(line)
  local id, nonce, handed, failed = string.match(line or '', '^(%S+) (%S+) (%d+) (%d+)$')
  return id, nonce, tonumber(handed), tonumber(failed)
end

-- Queues the owner at the tail; returns the entry's id. On a cluster the workers listen on a channel (redis-wait.ts); where
-- this user of Redis may not publish there, they find the entry a moment later.
local function enqueue(base, hash)
  local id = redis.call('XADD', base .. 'mail', '*', 'o', hash)
  if WAKE_CHANNEL then
    redis.pcall('PUBLISH', WAKE_CHANNEL, '')
  end
  return id
end

-- Ms since 1970 by the clock of Redis, which is the same for all workers.
local function redis_now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function hold(base, hash, lease_ms)
  redis.call('ZADD', base .. 'held', redis_now() + lease_ms, hash)
end

-- The owner leaves the queue, or is held no longer. `id`: of its entry, - when it has none.
local function drop_entry(base, hash, id)
  if id == '-' then
    redis.call('ZREM', base .. 'held', hash)
    return
  end
  redis.call('XACK', base .. 'mail', 'workers', id)
  redis.call('XDEL', base .. 'mail', id)
end

-- An owner whose entry is gone queues again, with its first event unleased.
local function queue_again(base, hash, handed, failed)
  redis.call('LSET', base .. 'q:' .. hash, 0, enqueue(base, hash) .. ' - ' .. handed .. ' ' .. failed)
end

-- An owner whose entry is gone waits in `set`, with its first event unleased.
local function wait_in(base, set, hash, ms, handed, failed)
  redis.call('ZADD', base .. set, ms, hash)
  redis.call('LSET', base .. 'q:' .. hash, 0, '- - ' .. handed .. ' ' .. failed)
end

-- Puts an event into the owner's mailbox; returns how many lines that has now, the head line included.
-- `nonce`: an owner without other mail does not queue, its job is leased at once.
local function deliver(base, hash, event, nonce, lease_ms)
  local box = base .. 'q:' .. hash
  local lines = redis.call('RPUSHX', box, event)
  if lines == 0 and nonce then
    hold(base, hash, lease_ms)
    lines = redis.call('RPUSH', box, '- ' .. nonce .. ' 1 0', event)
  elseif lines == 0 then
    lines = redis.call('RPUSH', box, enqueue(base, hash) .. ' - 0 0', event)
  end
  redis.call('PEXPIRE', box, KEEP_MAIL_MS)
  return lines
end

-- Removes the first event with its head line; the owner queues again when there is more, and waits a little when there
-- is a lot.
local function finish(base, hash, id, now)
  local box = base .. 'q:' .. hash
  redis.call('LPOP', box, 2)
  drop_entry(base, hash, id)
  local waiting = redis.call('LLEN', box)
  if waiting >= PACE_FROM then
    redis.call('ZADD', base .. 'later', now + PACE_MS, hash)
    redis.call('LPUSH', box, '- - 0 0')
  elseif waiting > 0 then
    redis.call('LPUSH', box, enqueue(base, hash) .. ' - 0 0')
  end
end

-- Whether this lease is still the valid one. `lease`: "<entry id> <nonce>".
local function holds(base, hash, lease)
  local line = redis.call('LINDEX', base .. 'q:' .. hash, 0)
  return line and string.sub(line, 1, #lease + 1) == lease .. ' '
end
