using System.Text.RegularExpressions;
using Xunit;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>The SQL that the README shows, asked of a small run of the study that it names.</summary>
public sealed partial class DocumentedSqlTests
{
    private const string Run = "runs/quickstart";
    private const int Dies = 40;

    [Fact]
    public void Every_statement_of_the_README_answers_for_the_quickstart()
    {
        using var folder = new StudyFolder();
        folder
            .Run("run", Repository.Study("quickstart"), "--samples", $"{Dies}", "--out", "run", "--quiet")
            .Succeeded();
        using var duck = new Duck();
        var answers = Statements().Select(sql => duck.Ask(sql.Replace(Run, folder.PathOf("run")))).ToList();
        Assert.Equal(2, answers.Count);

        // Temperature, dies, yield: all dies are counted, each between -40 and 85 C.
        Assert.Equal(Dies, answers[0].Sum(row => (long)row[1]!));
        Assert.All(answers[0], row => Assert.InRange((double)row[0]!, -50, 100));
        Assert.All(answers[0], row => Assert.InRange((double)row[2]!, 0, 1));

        // Key and value as text, not as the bytes that Parquet stores.
        var metadata = answers[1].ToDictionary(row => (string)row[0]!, row => (string)row[1]!);
        Assert.Equal("C", metadata["unit.temperature_c"]);
    }

    private static IEnumerable<string> Statements()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n");
        return Block()
            .Matches(readme)
            .SelectMany(block => block.Groups[1].Value.Split(';', StringSplitOptions.TrimEntries))
            .Where(sql => sql.Length > 0)
            .Select(sql => sql.Contains(Run) ? sql : throw new InvalidDataException($"not of {Run}: {sql}"));
    }

    [GeneratedRegex(@"^```sql\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
