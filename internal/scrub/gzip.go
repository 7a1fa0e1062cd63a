package scrub

import (
	"bytes"
	"compress/gzip"
	"io"

	"github.com/readygate/readygate/internal/leaf"
)

// unpack returns what gzip data hold, up to one byte more than the limit, and whether
// they are gzip at all. Data that are cut off or damaged give what comes before that.
func unpack(data []byte, limit int) (string, bool) {
	if !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return "", false
	}
	in, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return "", false
	}
	unpacked, err := io.ReadAll(io.LimitReader(in, int64(limit)+1))
	return string(unpacked), err == nil || len(unpacked) > 0
}

// packed looks at what compressed bytes hold. If something in it must go, all of it
// does: what is left would have to be packed again.
func (p *pass) packed(at leaf.Slot, unpacked string) ([]byte, leaf.Outcome) {
	p.findings = p.findings[:0]
	scrubbed, outcome := p.scrub(at, unpacked)
	if outcome != leaf.Replace {
		return nil, outcome
	}
	for _, f := range p.findings {
		if f.Acts() {
			return []byte(f.Detector.Marker()), leaf.Replace
		}
	}
	return []byte(scrubbed), leaf.Replace // the marker of a reason
}
