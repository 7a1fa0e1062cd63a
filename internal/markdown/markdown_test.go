package markdown

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTextMeansItself(t *testing.T) {
	for given, written := range map[string]string{
		"plain-name_1":        `plain-name\_1`,
		"0.2":                 "0.2",
		"99.9 %":              "99.9 %",
		"1. first":            `1\. first`,
		"1.":                  `1\.`,
		"- item":              `\- item`,
		"a | b":               `a \| b`,
		`a\|b`:                `a\\\|b`,
		"<script>&amp;":       `\<script\>\&amp;`,
		"[x](javascript:y)":   `\[x\](javascript:y)`,
		"![x](y) `c` **b** ~": "\\!\\[x\\](y) \\`c\\` \\*\\*b\\*\\* \\~",
		"two\nlines\x00":      "two lines ",
		"# heading":           `\# heading`,
		"=":                   `\=`,
	} {
		require.Equal(t, written, Text(given))
	}
}

func TestCodeMeansItselfAlsoInATable(t *testing.T) {
	for given, written := range map[string]string{
		"plain":   "`plain`",
		"a`b":     "``a`b``",
		"`":       "`` ` ``",
		"a|b":     `a\|b`,
		`a\b`:     `a\\b`,
		"a\nb":    "a b",
		"":        "",
		"<b>*x*":  "`<b>*x*`",
		"``` end": "```` ``` end ````",
	} {
		require.Equal(t, written, Code(given))
	}
}

func TestALinkCannotBeLeft(t *testing.T) {
	require.Equal(t, `[a\](b](<https://example.com/a%3E%3Cb%7C%5C%60>)`, Link("a](b", "https://example.com/a><b|\\`"))
	require.Equal(t, "`shop-schedule`", Reference("shop-schedule"))
	require.Equal(t, "[https://example.com/x](<https://example.com/x>)", Reference("https://example.com/x"))
}

func TestABlockIsFencedByMoreThanItHas(t *testing.T) {
	var m Page
	m.Block("   ", "sh", "a\n````\n\nb")
	require.Equal(t, "   `````sh\n   a\n   ````\n\n   b\n   `````\n\n", m.String())
}

func FuzzTextIsOneLineWithoutBareMarks(f *testing.F) {
	f.Add("a|b\\|<c>`d`")
	f.Fuzz(func(t *testing.T, given string) {
		written := strings.ReplaceAll(Text(given), `\\`, "")
		require.NotContains(t, written, "\n")
		for _, mark := range "`*_[]<>|" {
			for i, c := range written {
				if c == mark {
					require.Equal(t, byte('\\'), written[i-1], "%q", given)
				}
			}
		}
	})
}
