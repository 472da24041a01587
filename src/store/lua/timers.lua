-- Timers:
--   <prefix>:{p}:due       zset  "<owner hash> <timer id>" -> ms at which it is due
--   <prefix>:{p}:t:<hash>  hash  '' -> owner, timer id -> "<due ms> <mark of the id of the event it becomes>"

local function set_timer(base, hash, owner, id, due, mark, now)
  local key = base .. 't:' .. hash
  redis.call('HSET', key, '', owner, id, due .. ' ' .. mark)
  redis.call('ZADD', base .. 'due', due, hash .. ' ' .. id)
  local keep = math.max(tonumber(due) - now, 0) + KEEP_TIMER_MS
  if redis.call('PTTL', key) < keep then
    redis.call('PEXPIRE', key, keep)
  end
end

local function drop_timer(base, hash, id)
  local key = base .. 't:' .. hash
  redis.call('ZREM', base .. 'due', hash .. ' ' .. id)
  redis.call('HDEL', key, id)
  if redis.call('HLEN', key) == 1 then
    redis.call('DEL', key)
  end
end
