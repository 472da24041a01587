-- The record of an owner, and the only key of an idle one:
--   <prefix>:{p}:r:<hash>  string  "<state ends at, ms>|<bytes of the state>|<state as JSON><ids>"
-- One string instead of a key each for state and ids saves 130 bytes per owner. The ids stand last, so that a new one is
-- appended: writing the state again cost a tenth of what Redis does for an event.
-- <ids>: cells of 7 characters. One that begins with a dot is an hour (base 36), the others are the marks of the event
-- ids that came in the hour before them.

-- Returns ids, the ms at which the state ends (0: no state), the state's JSON ('' when there is none).
local function read_record(base, hash, now)
  local record = redis.call('GET', base .. 'r:' .. hash)
  if not record then
    return '', 0, ''
  end
  local _, head, ends, bytes = string.find(record, '^(%d+)|(%d+)|')
  local ids = string.sub(record, head + bytes + 1)
  ends = tonumber(ends)
  if ends <= now then
    return ids, 0, ''
  end
  return ids, ends, string.sub(record, head + 1, head + bytes)
end

-- The hour in which an id came is remembered to its end.
local IDS_KEPT_MS = REMEMBER_MS + 3600000

local function write_record(base, hash, now, ids, ends, state)
  local key = base .. 'r:' .. hash
  if state == '' then
    ends = 0
    if ids == '' then
      redis.call('DEL', key)
      return
    end
  end
  local keep = math.max(ends - now, ids == '' and 1 or IDS_KEPT_MS)
  redis.call('SET', key, ends .. '|' .. #state .. '|' .. state .. ids, 'PX', keep)
end

-- Remembers an event id; false when it is known already, else true and the state's JSON.
-- `hour`: the cell of this hour; `oldest`: of the hour before which ids are forgotten.
local function remember(base, hash, now, mark, hour, oldest)
  local known, ends, state = read_record(base, hash, now)
  local ids = known
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
  local added = string.find(ids, hour, 1, true) and mark or hour .. mark
  if ids == known and ends - now >= IDS_KEPT_MS then
    redis.call('APPEND', base .. 'r:' .. hash, added)
  else
    write_record(base, hash, now, ids .. added, ends, state)
  end
  return true, state
end
