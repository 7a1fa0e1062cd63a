package leaf_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pprofile"
	"go.opentelemetry.io/collector/pdata/pprofile/pprofileotlp"

	"github.com/readygate/readygate/internal/leaf"
)

// oneProfile returns profiles with one profile, and its resource.
func oneProfile() (pprofile.Profiles, pcommon.Map) {
	pd := pprofile.NewProfiles()
	pd.Dictionary().StringTable().Append("")
	pd.Dictionary().AttributeTable().AppendEmpty()
	rp := pd.ResourceProfiles().AppendEmpty()
	rp.ScopeProfiles().AppendEmpty().Profiles().AppendEmpty()
	return pd, rp.Resource().Attributes()
}

// received returns pd as a receiver hands it on: with references.
func received(t *testing.T, pd pprofile.Profiles) pprofile.Profiles {
	t.Helper()
	sent, err := new(pprofile.ProtoMarshaler).MarshalProfiles(pd)
	require.NoError(t, err)
	request := pprofileotlp.NewExportRequest()
	require.NoError(t, request.UnmarshalProto(sent))
	return request.Profiles()
}

// wire returns what an exporter sends of pd.
func wire(t *testing.T, pd pprofile.Profiles) string {
	t.Helper()
	b, err := pprofileotlp.NewExportRequestFromProfiles(pd).MarshalProto()
	require.NoError(t, err)
	return string(b)
}

// addAttribute adds an attribute to the dictionary and a reference to it to every
// record. It returns the value.
func addAttribute(t *testing.T, pd pprofile.Profiles, key string) pcommon.Value {
	t.Helper()
	dictionary := pd.Dictionary()
	at, err := pprofile.SetString(dictionary.StringTable(), key)
	require.NoError(t, err)
	attribute := dictionary.AttributeTable().AppendEmpty()
	attribute.SetKeyStrindex(at)
	index := int32(dictionary.AttributeTable().Len() - 1)
	for _, profile := range pd.ResourceProfiles().At(0).ScopeProfiles().At(0).Profiles().All() {
		profile.AttributeIndices().Append(index)
		profile.Samples().AppendEmpty().AttributeIndices().Append(index)
	}
	dictionary.MappingTable().AppendEmpty().AttributeIndices().Append(index)
	dictionary.LocationTable().AppendEmpty().AttributeIndices().Append(index)
	return attribute.Value()
}

// underSecret decides on what stands under the key "secret".
func underSecret(outcome leaf.Outcome) leaf.Visitor {
	return visitor{
		text: func(at leaf.Slot, _ string) (string, leaf.Outcome) {
			if slices.Contains(at.Keys, "secret") {
				return "gone", outcome
			}
			return "", leaf.Keep
		},
		deep: func(leaf.Slot) (string, leaf.Outcome) { return "gone", leaf.Replace },
	}
}

func TestWhatOnlyItsKeyTellsLeavesTheDictionaryToo(t *testing.T) {
	text := func(v pcommon.Value) { v.SetStr("hunter") }
	list := func(v pcommon.Value) {
		list := v.SetEmptySlice()
		list.AppendEmpty().SetStr("first")
		list.AppendEmpty().SetEmptyMap().PutStr("hunter", "hunter")
	}
	deep := func(v pcommon.Value) {
		v.SetEmptyMap().PutEmptyMap("b").PutEmptyMap("c").PutEmptySlice("hunter").AppendEmpty().SetStr("hunter")
	}
	for name, c := range map[string]struct {
		fill    func(pcommon.Value)
		outcome leaf.Outcome
	}{
		"replaced":    {text, leaf.Replace},
		"dropped":     {text, leaf.DropAttribute},
		"in a list":   {list, leaf.DropAttribute},
		"nested deep": {deep, leaf.DropAttribute},
	} {
		for place, plant := range map[string]func(pprofile.Profiles) pprofile.Profiles{
			"resource": func(pd pprofile.Profiles) pprofile.Profiles {
				c.fill(pd.ResourceProfiles().At(0).Resource().Attributes().PutEmpty("secret"))
				return received(t, pd)
			},
			"scope": func(pd pprofile.Profiles) pprofile.Profiles {
				c.fill(pd.ResourceProfiles().At(0).ScopeProfiles().At(0).Scope().Attributes().PutEmpty("secret"))
				return received(t, pd)
			},
			"dictionary": func(pd pprofile.Profiles) pprofile.Profiles {
				// Only pdata's encoder makes references, and only in a resource.
				resource := pd.ResourceProfiles().AppendEmpty().Resource().Attributes()
				c.fill(resource.PutEmpty("secret"))
				pd = received(t, pd)
				for _, v := range pd.ResourceProfiles().At(1).Resource().Attributes().All() {
					v.MoveTo(addAttribute(t, pd, "secret"))
				}
				return pd
			},
		} {
			t.Run(name+"/"+place, func(t *testing.T) {
				pd, resource := oneProfile()
				resource.PutStr("kept", "value")
				pd = plant(pd)
				require.Contains(t, wire(t, pd), "hunter")

				leaf.NewWalker(underSecret(c.outcome), 3).Profiles(pd)

				require.NotContains(t, wire(t, pd), "hunter")
				require.Contains(t, wire(t, pd), "value")
			})
		}
	}
}

func TestUntouchedProfilesKeepTheirReferences(t *testing.T) {
	pd, resource := oneProfile()
	resource.PutStr("secrets", "none")
	addAttribute(t, pd, "key").SetEmptyMap().PutEmpty("nothing")
	pd = received(t, pd)
	before := wire(t, pd)

	require.Equal(t, leaf.Counts{}, leaf.NewWalker(underSecret(leaf.Replace), depth).Profiles(pd))

	require.Equal(t, before, wire(t, pd))
}

func TestAStringThatSomethingElseRefersToStays(t *testing.T) {
	pd, resource := oneProfile()
	resource.PutStr("secret", "cpu")
	name, err := pprofile.SetString(pd.Dictionary().StringTable(), "cpu")
	require.NoError(t, err)
	pd.ResourceProfiles().At(0).ScopeProfiles().At(0).Profiles().At(0).SampleType().SetTypeStrindex(name)
	pd = received(t, pd)

	leaf.NewWalker(underSecret(leaf.DropAttribute), depth).Profiles(pd)

	require.Equal(t, "cpu", pd.Dictionary().StringTable().At(int(name)))
	require.Empty(t, keys(pd.ResourceProfiles().At(0).Resource().Attributes()))
}
