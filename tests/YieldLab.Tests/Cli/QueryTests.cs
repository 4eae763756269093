using System.Globalization;
using System.Text.Json.Nodes;
using Xunit;

namespace YieldLab.Tests.Cli;

/// <summary>What <c>yieldlab query</c> answers and refuses.</summary>
public sealed class QueryTests : IDisposable
{
    private readonly StudyFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The oracle reads the parts with the program's own reader.
    [Fact]
    public void Dies_are_those_that_are_stored()
    {
        Run();
        double[] accuracy = DieRows.Reals(_folder.PathOf("runs/tiny"), "accuracy");
        bool[] pass = DieRows.Truths(_folder.PathOf("runs/tiny"), "pass");
        JsonNode row = Json(
            "select count(*) as dies, avg(accuracy) as mean, sum(pass::int)::bigint as passed from dies"
        )[0]!;
        Assert.Equal(20, (int)row["dies"]!);
        Assert.Equal(accuracy.Average(), (double)row["mean"]!, 1e-12);
        Assert.Equal(pass.Count(p => p), (int)row["passed"]!);
        Assert.Equal(40, (int)Json("select count(*) as n from epochs")[0]!["n"]!);
    }

    [Fact]
    public void Points_of_a_sweep_have_their_values_and_yields()
    {
        Run("--sweep", "design.capacitor=[1 pF, 4 pF]");
        JsonArray points = Json("select * from points order by point");
        Assert.Equal([1e-12, 4e-12], points.Select(point => (double)point!["design_capacitor"]!));
        // The table is filled where a query may read it, whatever names it.
        Assert.Equal(2, (int)Json("select count(*) as n from POINTS")[0]!["n"]!);
        Assert.Equal(2, (int)Json("select count(*) as n from query_table('po' || 'ints')")[0]!["n"]!);
        JsonArray counted = Json(
            "select point, count(*) as dies, avg(pass::int) as yield from dies group by point order by point"
        );
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(i, (int)counted[i]!["point"]!);
            Assert.Equal((int)points[i]!["dies"]!, (int)counted[i]!["dies"]!);
            Assert.Equal((double)points[i]!["yield"]!, (double)counted[i]!["yield"]!, 1e-12);
        }
    }

    [Fact]
    public void Csv_has_a_header_and_quotes_what_must_be_quoted()
    {
        Run();
        string csv = Query(
                "select 'a,b' as x, null as y, 0.1::double as z, [1, 2] as l, date '2020-02-01' as d",
                "--format",
                "csv"
            )
            .Succeeded();
        Assert.Equal("x,y,z,l,d\n\"a,b\",,0.1,\"[1, 2]\",2020-02-01\n", csv);
    }

    [Fact]
    public void Table_names_nulls_and_a_number_that_json_has_not_is_null_there()
    {
        Run();
        string table = Query("select null as nothing, 1.0/3 as third").Succeeded();
        Assert.Contains("NULL", table);
        Assert.Contains("0.333333", table);
        Assert.Null(Json("select 'inf'::double as x")[0]!["x"]);
    }

    [Theory]
    [InlineData("delete from points")]
    [InlineData("copy dies to 'x.csv'")]
    [InlineData("create table x as select 1")]
    [InlineData("attach 'x.db'")]
    [InlineData("set threads = 1")]
    public void What_is_no_query_is_refused(string sql)
    {
        Run();
        string[] before = Directory.GetFileSystemEntries(_folder.Root);
        Query(sql).IsRefusedWith("query: only a SELECT is answered: the stored tables are not changed");
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.Root));
    }

    [Theory]
    [InlineData("select 1; select 2", "several statements; expected one SELECT")]
    [InlineData("selec 1", "syntax error at or near")]
    [InlineData("select foo from dies", "foo")]
    [InlineData("select * from read_csv('tiny.csv')", "disabled by configuration")]
    [InlineData("select * from read_text('runs/tiny/manifest.json')", "disabled by configuration")]
    public void Mistakes_and_other_files_are_refused_in_one_line(string sql, string words)
    {
        Run();
        Query(sql).IsRefusedNaming("query: ", words);
    }

    [Fact]
    public void Query_may_come_from_standard_input()
    {
        Run();
        Answer answer = CommandLine.RunWithInput(
            _folder.Root,
            "select count(*) as dies\nfrom dies",
            "query",
            "runs/tiny",
            "-",
            "--format",
            "csv"
        );
        Assert.Equal("dies\n20\n", answer.Succeeded());
    }

    // A rule ended the run at its first look; dies of an earlier run beyond it are stored and do not count.
    [Fact]
    public void Dies_beyond_the_end_of_a_rule_are_not_asked()
    {
        Run("--samples", "100", "--set", "specs=[accuracy >= 0.01]");
        _folder
            .Run(
                "run",
                StudyFolder.Study,
                "--quiet",
                "--samples",
                "200",
                "--set",
                "specs=[accuracy >= 0.01]",
                "--set",
                "stop={target: 50 %, least: 16}"
            )
            .Succeeded();
        int dies = (int)Json("select count(*) as n from dies")[0]!["n"]!;
        Assert.Equal((int)Json("select dies from points")[0]!["dies"]!, dies);
        Assert.True(dies < 100, dies.ToString(CultureInfo.InvariantCulture));
    }

    private void Run(params string[] more) =>
        _folder.Run(["run", StudyFolder.Study, "--quiet", "--overwrite", .. more]).Succeeded();

    private Answer Query(string sql, params string[] more) => _folder.Run(["query", "runs/tiny", sql, .. more]);

    private JsonArray Json(string sql) => JsonNode.Parse(Query(sql, "--json").Succeeded())!.AsArray();
}
