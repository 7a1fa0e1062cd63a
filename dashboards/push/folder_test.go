package push

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/dashboards"
)

func TestFoldersHaveOneUIDForEver(t *testing.T) {
	require.Equal(t, Folder{"readygate", "Readygate"}, FolderOf("Readygate"))
	require.Equal(t, Folder{"readygate", "Readygate"}, FolderOf(" Readygate "), "Grafana trims titles")
	require.Equal(t, Folder{"readygate-folder-team-a-payments", "Team A: Payments"}, FolderOf("Team A: Payments"))
	require.Equal(t, "readygate-folder-red", FolderOf("red").UID, "not the uid of a dashboard")
	long := FolderOf(strings.Repeat("long ", 20))
	require.LessOrEqual(t, len(long.UID), 40)
	require.True(t, strings.HasPrefix(long.UID, "readygate-folder-"))
	require.NotEqual(t, FolderOf("監視").UID, FolderOf("料金").UID)
	require.NotEqual(t, "readygate", FolderOf("READYGATE").UID)
}

func TestAFolderOfAnotherTitleIsNotTaken(t *testing.T) {
	g := &grafana{folders: map[string]string{"readygate-folder-team-b": "Team B"}}
	c, _ := serve(t, g)
	_, err := c.Plan(t.Context(), nil, FolderOf("team-b"), true)
	require.EqualError(t, err, `folder "team-b": Grafana has its uid, readygate-folder-team-b, for the folder "Team B": give --folder "Team B" if it is meant, or choose another title`)

	g.folders["readygate-folder-team-b"] = "Renamed \x1b[31m" + token
	_, err = c.Plan(t.Context(), nil, FolderOf("Team B"), true)
	require.ErrorContains(t, err, `for the folder "Renamed \x1b[31m[token]": rename that one back to "Team B" in Grafana, or choose another title`)

	g.folders["readygate-folder-team-b"] = "Team B"
	plan, err := c.Plan(t.Context(), nil, FolderOf("Team B"), false)
	require.NoError(t, err)
	require.False(t, plan.MakeFolder)
}

func TestOursInAnotherFolderIsTakenOnlyWhenThatIsAskedFor(t *testing.T) {
	g := &grafana{folders: map[string]string{"team": "Team"}, dashboards: map[string]stored{
		"readygate-red": {title: "RED", tags: ours, folder: "team"},
		"readygate-slo": {title: "SLO", tags: ours},
	}}
	c, _ := serve(t, g)
	_, err := push(t, c, true, board("readygate-red"), board("readygate-slo"), board("readygate-work"))
	var not *NotOursError
	require.ErrorAs(t, err, &not)
	require.ErrorContains(t, err, `dashboard readygate-red, "Title of readygate-red": not ours to write: lies in the folder "Team", uid "team", not in "Readygate", uid "readygate"; --move takes it`)
	require.ErrorContains(t, err, `dashboard readygate-slo, `)
	require.Empty(t, g.writes)

	plan, err := c.Plan(t.Context(), []dashboards.Dashboard{board("readygate-red"), board("readygate-slo")}, folder, true)
	require.NoError(t, err)
	require.Empty(t, plan.Changed)
	require.Len(t, plan.Moved, 2)
	require.NoError(t, c.Apply(t.Context(), plan, false))
	require.Equal(t, "readygate", g.dashboards["readygate-red"].folder)
}
