-- Leases jobs of any owners in these partitions, without waiting.
-- KEYS    <prefix>:{p}:mail of one or more partitions (one on a cluster); other keys are derived from it: same hash tag
-- ARGV[1] worker (consumer), [2] nonce of the leases, [3] at most so many jobs, [4] now ms,
--         [5] lease ms: also look for retries that are due and for what dead workers held; calm: for retries only;
--         '' for neither
--         [6] also hand out so many events that may kill their worker; with lease ms only
-- Returns six values for each job, see hand-out.lua; after a look, since when the first waits in `apart`, if one does.
local worker, nonce, max, now, lease = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5]
local jobs = {}

-- New entries for this worker. The group is missing on first use and after the data was lost.
local function read_new(mail, count)
  local reply = redis.pcall('XREADGROUP', 'GROUP', 'workers', worker, 'COUNT', count, 'STREAMS', mail, '>')
  if reply and reply.err then
    if not string.find(reply.err, 'NOGROUP', 1, true) then
      error(reply.err, 0)
    end
    redis.call('XGROUP', 'CREATE', mail, 'workers', '0', 'MKSTREAM')
    reply = redis.call('XREADGROUP', 'GROUP', 'workers', worker, 'COUNT', count, 'STREAMS', mail, '>')
  end
  return reply and reply[1][2] or {}
end

-- Queues owners whose time in `later` or `held` lies between the two; a lease ends with that.
local function requeue(base, set, from_ms, until_ms)
  for _, hash in ipairs(redis.call('ZRANGEBYSCORE', base .. set, from_ms, until_ms, 'LIMIT', 0, 100)) do
    redis.call('ZREM', base .. set, hash)
    local id, _, handed, failed = parse_head(redis.call('LINDEX', base .. 'q:' .. hash, 0))
    if id == '-' then
      queue_again(base, hash, handed, failed)
    end
  end
end

local function take_over(stream)
  local cursor = '0-0'
  repeat
    local left = max - #jobs / 6
    local reply = redis.pcall('XAUTOCLAIM', KEYS[stream], 'workers', worker, lease, cursor, 'COUNT', left)
    if reply.err then
      return
    end
    cursor = reply[1]
    for _, entry in ipairs(reply[2]) do
      hand_out(jobs, stream, entry[1], entry[2][2], nonce, now)
    end
  until cursor == '0-0' or #jobs >= 6 * max
end

-- Where an owner has waited longest in `apart`, and since when: one that was lost again lets the others go first.
local function first_apart()
  local stream, since
  for i = 1, #KEYS do
    local first = redis.call('ZRANGE', base_of(KEYS[i]) .. 'apart', 0, 0, 'WITHSCORES')[2]
    if first and (not since or tonumber(first) < since) then
      stream, since = i, tonumber(first)
    end
  end
  return stream, since
end

-- At most `most` of those that wait apart in one partition: the fewer, the more often one of them was lost, so that one
-- that may be buried next is alone.
local function hand_out_apart(stream, most)
  local base = base_of(KEYS[stream])
  for beside, hash in ipairs(redis.call('ZRANGE', base .. 'apart', 0, most - 1)) do
    local mail = redis.call('LRANGE', base .. 'q:' .. hash, 0, 1)
    local id, _, handed, failed = parse_head(mail[1])
    if id == '-' and handed - failed >= MAX_LOST then
      -- A version that lets it be lost more often left it here.
      bury_lost(base, hash, id, mail[2], handed - failed, now)
    elseif id == '-' then
      most = math.min(most, 2 ^ (MAX_LOST - 1 - (handed - failed)))
      if beside > most then
        return
      end
      hold(base, hash, lease)
      lease_job(jobs, stream, id, hash, nonce, now, mail[2], handed, failed)
    end
    redis.call('ZREM', base .. 'apart', hash)
  end
end

local apart = tonumber(ARGV[6]) > 0 and first_apart()
if apart then
  hand_out_apart(apart, math.min(ARGV[6], max))
end
for stream = 1, #KEYS do
  if lease ~= '' then
    requeue(base_of(KEYS[stream]), 'later', '-inf', now)
    -- Further away than any retry or lease: it was set before the clock went back.
    requeue(base_of(KEYS[stream]), 'later', now + LONGEST_RETRY_MS + 1, '+inf')
  end
  if lease ~= '' and lease ~= 'calm' then
    local at = redis_now()
    requeue(base_of(KEYS[stream]), 'held', '-inf', at)
    requeue(base_of(KEYS[stream]), 'held', at + LONGEST_LEASE_MS + 1, '+inf')
    if #jobs < 6 * max then
      take_over(stream)
    end
  end
  if #jobs < 6 * max then
    for _, entry in ipairs(read_new(KEYS[stream], max - #jobs / 6)) do
      hand_out(jobs, stream, entry[1], entry[2][2], nonce, now)
    end
  end
end
if lease ~= '' then
  local _, since = first_apart()
  jobs[#jobs + 1] = since
end
return jobs
