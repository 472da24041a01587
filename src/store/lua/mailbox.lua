-- The mailbox of an owner:
--   <prefix>:{p}:q:<hash>  list  a head line, then the events as JSON, oldest first; gone when there is no mail
-- Head line: "- <nonce of the lease or -> <hand-outs> <failures>", both counts of the first event. It is the one place
-- that says which lease is valid: any other is void. Where the first dash is, a version before this one, which may run
-- beside it, puts the id of a stream entry (adopt.lua).
-- An owner with mail stands in one of these, zsets of owner hashes:
--   <prefix>:{p}:queue  place in the line: whoever waits for a worker
--   <prefix>:{p}:held   ms at which the lease ends by the clock of Redis: whoever has a job in hand
--   <prefix>:{p}:later  ms: whoever waits after a failure, or is served at a bounded rate
--   <prefix>:{p}:apart  ms since when: whoever has an event that may kill its worker

local function base_of(queue)
  return string.sub(queue, 1, -6)
end

local function parse_head(line)
  local nonce, handed, failed = string.match(line or '', '(%S+) (%d+) (%d+)$')
  return nonce, tonumber(handed), tonumber(failed)
end

local function head_line(nonce, handed, failed)
  return '- ' .. nonce .. ' ' .. handed .. ' ' .. failed
end

-- Lines the owner up behind the others, and tells the workers (redis-wait.ts); where this user of Redis may not publish,
-- they find it a moment later.
local function enqueue(base, hash)
  local last = redis.call('ZRANGE', base .. 'queue', -1, -1, 'WITHSCORES')[2] or 0
  redis.call('ZADD', base .. 'queue', last + 1, hash)
  redis.pcall('PUBLISH', WAKE_CHANNEL, '')
end

-- Ms since 1970 by the clock of Redis, which is the same for all workers.
local function redis_now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function hold(base, hash, lease_ms)
  redis.call('ZADD', base .. 'held', redis_now() + lease_ms, hash)
end

-- An owner who stands nowhere queues again, with its first event unleased.
local function queue_again(base, hash, handed, failed)
  redis.call('LSET', base .. 'q:' .. hash, 0, head_line('-', handed, failed))
  enqueue(base, hash)
end

-- An owner who stands nowhere waits in `set`, with its first event unleased.
local function wait_in(base, set, hash, ms, handed, failed)
  redis.call('LSET', base .. 'q:' .. hash, 0, head_line('-', handed, failed))
  redis.call('ZADD', base .. set, ms, hash)
end

-- Puts an event into the owner's mailbox; returns how many lines that has now, the head line included.
-- `nonce`: an owner without other mail does not queue, its job is leased at once.
local function deliver(base, hash, event, nonce, lease_ms)
  local box = base .. 'q:' .. hash
  local lines = redis.call('RPUSHX', box, event)
  if lines == 0 and nonce then
    hold(base, hash, lease_ms)
    lines = redis.call('RPUSH', box, head_line(nonce, 1, 0), event)
  elseif lines == 0 then
    enqueue(base, hash)
    lines = redis.call('RPUSH', box, head_line('-', 0, 0), event)
  end
  redis.call('PEXPIRE', box, KEEP_MAIL_MS)
  return lines
end

-- Removes the first event with its head line and lease; the owner queues again when there is more, and waits a little
-- when there is a lot.
local function finish(base, hash, now)
  local box = base .. 'q:' .. hash
  redis.call('LPOP', box, 2)
  redis.call('ZREM', base .. 'held', hash)
  local waiting = redis.call('LLEN', box)
  if waiting >= PACE_FROM then
    redis.call('ZADD', base .. 'later', now + PACE_MS, hash)
    redis.call('LPUSH', box, head_line('-', 0, 0))
  elseif waiting > 0 then
    enqueue(base, hash)
    redis.call('LPUSH', box, head_line('-', 0, 0))
  end
end

-- Whether the lease of this nonce is still the valid one.
local function holds(base, hash, nonce)
  local line = redis.call('LINDEX', base .. 'q:' .. hash, 0)
  return line and string.sub(line, 1, #nonce + 3) == '- ' .. nonce .. ' '
end
