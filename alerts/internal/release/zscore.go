package release

import "math"

// zscore is the z of the two-proportion test: by how many standard deviations the
// error ratios of canary and stable differ, if both fail equally often in truth.
// It is NaN where neither, or everything, failed, and the recorded series is absent.
//
//	z = (e1/n1 - e2/n2) / sqrt(p (1-p) (1/n1 + 1/n2)),  p = (e1+e2) / (n1+n2)
//
// See NIST/SEMATECH e-Handbook of Statistical Methods, section 7.3.3. It speaks
// for large numbers; alerts ask for so many requests on either side.
func zscore(e1, n1, e2, n2 float64) float64 {
	p := (e1 + e2) / (n1 + n2)
	return (e1/n1 - e2/n2) / math.Sqrt(p*(1-p)*(1/n1+1/n2))
}

// needed is the number of requests to the canary at which error ratios of canary and
// stable, which gets so many times as much traffic, are z standard deviations apart:
// z grows with the root of the traffic.
func needed(z, canary, stable, times float64) float64 {
	at1 := zscore(canary, 1, stable*times, times)
	return (z / at1) * (z / at1)
}
