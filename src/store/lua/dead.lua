-- Dead letters:
--   <prefix>:{p}:x:<hash>  list  {"reason","atMs","event"} as JSON, newest last, bounded
--   <prefix>:{p}:dead      zset  owner hash -> ms until which its list is kept: for counting, bounded

-- Moves the first event of the mailbox to the dead letters; the owner's next event goes on.
local function bury(base, hash, event, reason, now)
  local list = base .. 'x:' .. hash
  redis.call('RPUSH', list, '{"reason":' .. reason .. ',"atMs":' .. now .. ',"event":' .. event .. '}')
  redis.call('LTRIM', list, -DEAD_PER_OWNER, -1)
  redis.call('PEXPIRE', list, KEEP_DEAD_MS)
  redis.call('ZREMRANGEBYSCORE', base .. 'dead', '-inf', now)
  redis.call('ZADD', base .. 'dead', now + KEEP_DEAD_MS, hash)
  local over = redis.call('ZCARD', base .. 'dead') - 1000
  if over > 0 then
    local oldest = redis.call('ZPOPMIN', base .. 'dead', over)
    for i = 1, #oldest, 2 do
      redis.call('DEL', base .. 'x:' .. oldest[i])
    end
  end
  finish(base, hash, now)
end
