package needs_test

import (
	"testing"

	"github.com/wherrynet/wherry/internal/needs"
)

// spy is a test that notes how it was ended.
type spy struct {
	testing.TB
	skipped, failed bool
}

func (s *spy) Helper()               {}
func (s *spy) Skipf(string, ...any)  { s.skipped = true }
func (s *spy) Fatalf(string, ...any) { s.failed = true }

func TestMissingSkipsHereAndFailsInCI(t *testing.T) {
	for _, c := range []struct {
		ci              string
		skipped, failed bool
	}{{"", true, false}, {"true", false, true}} {
		t.Setenv("CI", c.ci)
		for name, need := range map[string]func(testing.TB){
			"program": func(t testing.TB) { needs.Program(t, "no-such-program-anywhere") },
			"file":    func(t testing.TB) { needs.File(t, "/no/such/file") },
		} {
			s := &spy{TB: t}
			need(s)
			// Skipf of the spy returns, so that after a failure a skip is noted too.
			if s.failed != c.failed || !c.failed && s.skipped != c.skipped {
				t.Errorf("%s with CI=%q: skipped %v, failed %v", name, c.ci, s.skipped, s.failed)
			}
		}
	}
}

func TestWhatIsThereIsNotMissing(t *testing.T) {
	s := &spy{TB: t}
	if needs.Program(s, "go") == "" || s.skipped || s.failed {
		t.Errorf("go is not found: %+v", s)
	}
	needs.File(s, ".")
	if s.skipped || s.failed {
		t.Error("this directory is not found")
	}
}
