-- Leases jobs of any owners in these partitions, without waiting.
-- KEYS    <prefix>:{p}:queue of one or more partitions (one on a cluster); other keys are derived from it: same hash tag
-- ARGV[1] nonce of the leases, [2] at most so many jobs, [3] now ms, [4] lease ms,
--         [5] all: also look for retries that are due and for leases that are over; calm: for retries only; '': for neither
--         [6] also hand out so many events that may kill their worker; with `all` only
-- Returns five values for each job: number of its partition among KEYS, owner hash, attempt, state as JSON, event as
-- JSON; after a look, since when the first waits in `apart`, if one does.
local nonce, max, now, lease_ms, look = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], ARGV[5]
local jobs = {}

-- Leases the first event of an owner who stands nowhere.
local function lease_job(partition, hash, event, handed, failed)
  local base = base_of(KEYS[partition])
  hold(base, hash, lease_ms)
  redis.call('LSET', base .. 'q:' .. hash, 0, head_line(nonce, handed + 1, failed))
  local _, _, state = read_record(base, hash, now)
  local n = #jobs
  jobs[n + 1], jobs[n + 2], jobs[n + 3], jobs[n + 4], jobs[n + 5] = partition, hash, handed + 1, state, event
end

local function bury_lost(base, hash, event, lost)
  bury(base, hash, event, '"handed out ' .. lost .. ' times without an end"', now)
end

-- What to do with an owner whose turn it is.
local function hand_out(partition, hash)
  local base = base_of(KEYS[partition])
  local mail = redis.call('LRANGE', base .. 'q:' .. hash, 0, 1)
  local leased, handed, failed = parse_head(mail[1])
  if leased ~= '-' then
    -- Its mail was given up meanwhile.
    return
  end
  local lost = handed - failed
  if lost >= MAX_LOST then
    bury_lost(base, hash, mail[2], lost)
  elseif lost >= APART_FROM then
    wait_in(base, 'apart', hash, now, handed, failed)
  else
    lease_job(partition, hash, mail[2], handed, failed)
  end
end

-- Queues the owners whose time in `later` or `held` lies between the two; a lease ends with that.
local function requeue(base, set, from_ms, until_ms)
  for _, hash in ipairs(redis.call('ZRANGEBYSCORE', base .. set, from_ms, until_ms, 'LIMIT', 0, 100)) do
    redis.call('ZREM', base .. set, hash)
    local leased, handed, failed = parse_head(redis.call('LINDEX', base .. 'q:' .. hash, 0))
    if leased and (leased ~= '-') == (set == 'held') then
      queue_again(base, hash, handed, failed)
    end
  end
end

-- Where an owner has waited longest in `apart`, and since when: one that was lost again lets the others go first.
local function first_apart()
  local partition, since
  for i = 1, #KEYS do
    local first = redis.call('ZRANGE', base_of(KEYS[i]) .. 'apart', 0, 0, 'WITHSCORES')[2]
    if first and (not since or tonumber(first) < since) then
      partition, since = i, tonumber(first)
    end
  end
  return partition, since
end

-- At most `most` of those that wait apart in one partition: the fewer, the more often one of them was lost, so that one
-- that may be buried next is alone.
local function hand_out_apart(partition, most)
  local base = base_of(KEYS[partition])
  for beside, hash in ipairs(redis.call('ZRANGE', base .. 'apart', 0, most - 1)) do
    local mail = redis.call('LRANGE', base .. 'q:' .. hash, 0, 1)
    local leased, handed, failed = parse_head(mail[1])
    local lost = handed and handed - failed
    if leased == '-' and lost < MAX_LOST then
      most = math.min(most, 2 ^ (MAX_LOST - 1 - lost))
      if beside > most then
        return
      end
    end
    redis.call('ZREM', base .. 'apart', hash)
    if leased == '-' and lost >= MAX_LOST then
      -- A version that lets it be lost more often left it here.
      bury_lost(base, hash, mail[2], lost)
    elseif leased == '-' then
      lease_job(partition, hash, mail[2], handed, failed)
    end
  end
end

local apart = tonumber(ARGV[6]) > 0 and first_apart()
if apart then
  hand_out_apart(apart, math.min(ARGV[6], max))
end
for partition = 1, #KEYS do
  local base = base_of(KEYS[partition])
  if look ~= '' then
    requeue(base, 'later', '-inf', now)
    -- Further away than any retry or lease: it was set before the clock went back.
    requeue(base, 'later', now + LONGEST_RETRY_MS + 1, '+inf')
  end
  if look == 'all' then
    local at = redis_now()
    requeue(base, 'held', '-inf', at)
    requeue(base, 'held', at + LONGEST_LEASE_MS + 1, '+inf')
  end
  while #jobs < 5 * max do
    local first = redis.call('ZPOPMIN', KEYS[partition], max - #jobs / 5)
    if #first == 0 then
      break
    end
    for i = 1, #first, 2 do
      hand_out(partition, first[i])
    end
  end
end
if look ~= '' then
  local _, since = first_apart()
  jobs[#jobs + 1] = since
end
return jobs
