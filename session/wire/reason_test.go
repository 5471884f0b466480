package wire

import (
	"strings"
	"testing"
)

// A reason is a stranger's text on somebody's terminal.
func TestReasonCannotSteerATerminal(t *testing.T) {
	for _, bad := range []string{"\x1b[31m", "\u009b31m", "a\nb", "\x7f", "\u202eabc", "\xff"} {
		if checkReason(bad) == nil {
			t.Errorf("%q is let through", bad)
		}
		if got := Clip("no: " + bad); checkReason(got) != nil {
			t.Errorf("Clip(%q) is %q, which is refused", bad, got)
		}
	}
	if got := Clip(strings.Repeat("ö", MaxReason)); len(got) > MaxReason || checkReason(got) != nil {
		t.Errorf("a long reason becomes %d bytes", len(got))
	}
	if err := checkReason("the price has changed since — ask again"); err != nil {
		t.Error(err)
	}
}
