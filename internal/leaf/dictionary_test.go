package leaf_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pprofile"

	"github.com/readygate/readygate/internal/leaf"
)

func TestADroppedAttributeIsTakenFromAllThatReferToIt(t *testing.T) {
	for name, v := range map[string]leaf.Visitor{
		"by its value": underSecret(leaf.DropRecord), // the dictionary belongs to no record
		"by its key": visitor{text: func(_ leaf.Slot, text string) (string, leaf.Outcome) {
			if text == "secret" {
				return "", leaf.DropAttribute
			}
			return "", leaf.Keep
		}},
	} {
		t.Run(name, func(t *testing.T) {
			pd, _ := oneProfile()
			addAttribute(t, pd, "first").SetStr("kept")
			addAttribute(t, pd, "secret").SetStr("value")
			addAttribute(t, pd, "last").SetStr("kept too")

			require.Equal(t, leaf.Counts{}, leaf.NewWalker(v, depth).Profiles(pd))

			dictionary := pd.Dictionary()
			require.Equal(t, 4, dictionary.AttributeTable().Len(), "indices keep their meaning")
			profile := pd.ResourceProfiles().At(0).ScopeProfiles().At(0).Profiles().At(0)
			left, err := pprofile.FromAttributeIndices(dictionary.AttributeTable(), profile, dictionary)
			require.NoError(t, err)
			require.Equal(t, map[string]any{"first": "kept", "last": "kept too"}, left.AsRaw())
			for i, want := range []int{1, 0, 1} {
				require.Equal(t, want, profile.Samples().At(i).AttributeIndices().Len())
				require.Equal(t, want, dictionary.MappingTable().At(i).AttributeIndices().Len())
				require.Equal(t, want, dictionary.LocationTable().At(i).AttributeIndices().Len())
			}
		})
	}
}

func TestADictionaryIsOfNoResource(t *testing.T) {
	pd, resource := oneProfile()
	resource.PutStr("service.name", "shop")
	addAttribute(t, pd, "key").SetStr("attribute")
	r := new(recorded)

	leaf.NewWalker(r, depth).Profiles(pd)

	require.Equal(t, []string{
		"resource of 0", "profile_attribute key attribute",
		"resource of 1", "resource_attribute service.name shop",
		"resource of 0", "profile_string  key",
	}, r.calls)
}

// recorded notes resources, by their size, and texts.
type recorded struct {
	quiet
	calls []string
}

func (r *recorded) Resource(attributes pcommon.Map) {
	r.calls = append(r.calls, fmt.Sprint("resource of ", attributes.Len()))
}

func (r *recorded) Text(at leaf.Slot, text string) (string, leaf.Outcome) {
	r.calls = append(r.calls, fmt.Sprintf("%s %s %s", at.Place, strings.Join(at.Keys, "/"), text))
	return "", leaf.Keep
}

func TestADictionaryThatIsNotWellFormedHidesNothing(t *testing.T) {
	for name, table := range map[string][]string{
		"no strings":              nil,
		"a string where none is":  {"hunter"},
		"no empty string at all":  {"secret", "hunter"},
		"indices that lead to no": {"", "hunter", "hunter"},
	} {
		t.Run(name, func(t *testing.T) {
			pd, resource := oneProfile()
			pd.Dictionary().StringTable().FromRaw(table)
			resource.PutStr("secret", "hunter")
			resource.PutEmpty("empty")
			odd := pd.Dictionary().AttributeTable().AppendEmpty()
			odd.SetKeyStrindex(-7)
			odd.SetUnitStrindex(7)
			odd = pd.Dictionary().AttributeTable().AppendEmpty()
			odd.SetKeyStrindex(7)
			pd.Dictionary().FunctionTable().AppendEmpty().SetNameStrindex(-7)

			leaf.NewWalker(underSecret(leaf.Replace), depth).Profiles(pd)

			require.NotContains(t, strings.ReplaceAll(wire(t, pd), "gone", ""), "hunter")
		})
	}
}

func TestADictionaryWithoutStringsLosesNoValue(t *testing.T) {
	pd := pprofile.NewProfiles()
	pd.Dictionary().AttributeTable().AppendEmpty().Value().SetStr("kept")
	resource := pd.ResourceProfiles().AppendEmpty().Resource().Attributes()
	resource.PutEmpty("") // as a reference looks

	leaf.NewWalker(replacer{}, depth).Profiles(pd)

	require.Equal(t, "new kept", pd.Dictionary().AttributeTable().At(0).Value().Str())
}

func TestABatchKnowsNothingOfTheOneBefore(t *testing.T) {
	walker := leaf.NewWalker(underSecret(leaf.Replace), depth)
	first, resource := oneProfile()
	resource.PutStr("secret", "word")
	walker.Profiles(first)
	second, _ := oneProfile()
	second.Dictionary().StringTable().Append("word")

	walker.Profiles(second)

	require.Equal(t, "word", second.Dictionary().StringTable().At(1))
}
