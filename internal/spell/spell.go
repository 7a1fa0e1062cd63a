// Package spell guesses which of the allowed words a wrong one was meant to be.
package spell

import "strings"

// Nearest returns the candidate that word was probably meant to be, or nothing:
// the closest that differs from it in at most two letters, and at most half. Case
// does not count, nor whether words are joined by "-" or "_".
func Nearest(word string, candidates []string) string {
	fold := func(s string) string { return strings.ReplaceAll(strings.ToLower(s), "-", "_") }
	best, distance := "", min(2, len(word)/2)+1
	for _, c := range candidates {
		if d := edits(fold(word), fold(c)); d < distance {
			best, distance = c, d
		}
	}
	return best
}

// edits is the number of letters to insert, leave out, change or swap with their
// neighbour to make one word of the other, in bytes (Damerau and Levenshtein).
func edits(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		before, last, row = last, row, before
		row[0] = i + 1
		for j := range b {
			change := last[j]
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(change, row[j]+1, last[j+1]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}
