// Package derive holds what every connector that derives metrics needs around the
// series it counts in: a Runner, which flushes them at an interval and at the end,
// and keeps their state in a storage extension if it is told to, and Shared, which
// makes one component of the pairs of pipelines that one configuration connects.
//
// # State
//
// What the next consumer was sent is never newer than what is kept: before each
// part of a flush is sent, all that changed is written in one batch. A reader of
// cumulative series takes a value that falls for a counter that began anew, and
// adds all of it again; were the kept state older than what was sent, a gateway
// that is killed and comes back would be counted twice. The order of one part is
//
//	copy (Source) ─▶ save, one Batch ─▶ send ─▶ next part
//
// so that a kill between any two steps leaves a state that has at least what was
// sent. What was counted since the last save is lost with the process; nobody saw
// it.
//
// If the state cannot be written the part is sent all the same: a full disk must
// not blind who is on call, and they are who can empty it. The kept state is then
// older than what was sent, so it is marked as void, which overwrites a few bytes and
// mostly succeeds where there is no room for a state: a restart begins the counters
// anew, as it does without storage, instead of counting twice. The next save that
// succeeds writes all that failed before and makes the state valid again. One case
// remains in which counts double: the storage refuses the mark too, the gateway dies
// without a Shutdown, and the state is readable again at the next start. The error
// log says so when it begins.
//
// State from before a time in which the connector ran without its storage looks like
// any other: delete it before the storage is configured again.
//
// # Layout
//
// A storage client holds a "manifest" and a "state/KEY" for each key of the Source.
// The manifest is JSON: the version of this layout, the fingerprint of the settings
// under which the state was made, whether it is void, and the keys that are part of
// it. It is written in the same batch as they are, and nothing that it does not list
// is read, so the leavings of another layout do no harm; they are deleted.
package derive
