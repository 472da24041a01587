-- The record of an owner, and the only key of an idle one:
--   <prefix>:{p}:r:<hash>  string  "<ids>|<state ends at, ms>|<state as JSON>"
-- One string instead of a key each for state and ids saves 130 bytes per owner.
-- <ids>: cells of 7 characters. One that begins with a dot is an hour (base 36), the others are the marks of the event
-- ids that came in the hour before them.

-- Returns ids, the ms at which the state ends (0: no state), the state's JSON ('' when there is none).
local function read_record(base, hash, now)
  local record = redis.call('GET', base .. 'r:' .. hash)
  if not record then
    return '', 0, ''
  end
  local first = string.find(record, '|', 1, true)
  local second = string.find(record, '|', first + 1, true)
  local ids = string.sub(record, 1, first - 1)
  local ends = tonumber(string.sub(record, first + 1, second - 1)) or 0
  if ends <= now then
    return ids, 0, ''
  end
  return ids, ends, string.sub(record, second + 1)
end

local function write_record(base, hash, now, ids, ends, state)
  local key = base .. 'r:' .. hash
  if state == '' then
    ends = 0
    if ids == '' then
      redis.call('DEL', key)
      return
    end
  end
  local keep = math.max(ends - now, ids == '' and 1 or REMEMBER_MS + 3600000)
  redis.call('SET', key, ids .. '|' .. ends .. '|' .. state, 'PX', keep)
end

-- Remembers an event id; false when it is known already.
-- `hour`: the cell of this hour; `oldest`: of the hour before which ids are forgotten.
local function remember(base, hash, now, mark, hour, oldest)
  local ids, ends, state = read_record(base, hash, now)
  while ids ~= '' and string.sub(ids, 1, 7) < oldest do
    ids = string.sub(ids, string.find(ids, '.', 8, true) or #ids + 1)
  end
  local at = string.find(ids, mark, 1, true)
  while at do
    if at % 7 == 1 then
      return false
    end
    at = string.find(ids, mark, at + 1, true)
  end
  if #ids >= 7 * REMEMBER_AT_MOST then
    -- The oldest mark goes, or the hour when it has none left.
    ids = string.sub(ids, 8, 8) == '.' and string.sub(ids, 8) or string.sub(ids, 1, 7) .. string.sub(ids, 15)
  end
  if not string.find(ids, hour, 1, true) then
    ids = ids .. hour
  end
  write_record(base, hash, now, ids .. mark, ends, state)
  return true
end
