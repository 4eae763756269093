using System.Text.Json.Nodes;
using Xunit;

namespace YieldLab.Tests.Cli;

/// <summary>Exit codes for scripts: 0 success, 2 yield too low, 130 interrupted. Errors (1) have tests of their own.</summary>
public sealed class ExitCodeTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    [InlineData("run", "--help")]
    [InlineData("validate", StudyFolder.Study)]
    [InlineData("run", StudyFolder.Study)]
    public void Success_is_0(params string[] arguments)
    {
        using var folder = new StudyFolder();
        Assert.NotEqual("", folder.Run(arguments).Succeeded());
    }

    // The limit is a share, and a yield of exactly that share is not below it.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-9, 2)]
    public void A_yield_below_the_limit_is_2_and_one_at_the_limit_is_0(double above, int expected)
    {
        using var folder = new StudyFolder();
        Answer first = folder.Run("run", StudyFolder.Study, "--out", "first", "--json");
        double yield = JsonNode.Parse(first.Succeeded())!["yield"]!.AsArray()[^1]!["yield"]!.GetValue<double>();
        Assert.InRange(yield, 0.05, 0.95);
        Answer second = folder.Run(
            "run",
            StudyFolder.Study,
            "--out",
            "second",
            "--quiet",
            "--fail-under",
            FormattableString.Invariant($"{yield + above:r}")
        );
        Assert.Equal(("", "", expected), (second.Output, second.Error, second.ExitCode));
    }

    [Theory]
    [InlineData("100 %", 2)]
    [InlineData("0%", 0)]
    public void A_limit_may_be_in_per_cent(string limit, int expected)
    {
        using var folder = new StudyFolder();
        Answer answer = folder.Run("run", StudyFolder.Study, "--quiet", "--fail-under", limit);
        Assert.Equal(new Answer(expected, "", ""), answer);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void An_interrupted_run_is_130_and_keeps_every_finished_die_as_an_uninterrupted_run_has_it(string signal)
    {
        CommandLine.SkipUnlessItHears(signal);
        using var folder = new StudyFolder();
        Answer answer = Interrupt(folder, signal);
        string run = folder.PathOf("runs/tiny");
        long[] dies = DieRows.Integers(run, "die");
        Assert.Equal("", answer.Output);
        Assert.Equal(
            $"yieldlab: interrupted; the {dies.Length} dies finished so far are in {Path.Combine("runs", "tiny")}, and the same command goes on with them{Environment.NewLine}",
            answer.Error
        );
        Assert.Equal(130, answer.ExitCode);

        JsonNode manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(run, "manifest.json")))!;
        Assert.Equal("interrupted", manifest["status"]!.GetValue<string>());
        Assert.Equal(dies.Length, manifest["dies"]!.GetValue<long>());
        // A whole part was there when the signal was sent; those of the next one that were finished are kept too.
        Assert.True(dies.Length > 16384);
        Assert.Equal(dies.Order().Distinct(), dies);
        Assert.Empty(Directory.GetFiles(run, "*.tmp", SearchOption.AllDirectories));
        MatchAnUninterruptedRun(folder, run, dies);
    }

    // The first part is complete on the disk: so the run is in the middle, whatever the speed of the machine.
    private static Answer Interrupt(StudyFolder folder, string signal)
    {
        using var running = CommandLine.Start(
            folder.Root,
            "run",
            StudyFolder.Study,
            "--samples",
            "1000000000",
            "--threads",
            "2",
            "--quiet"
        );
        for (int waited = 0; !File.Exists(folder.PathOf("runs/tiny/dies/part-00000.parquet")); waited += 10)
        {
            Assert.False(running.HasExited);
            Assert.True(waited < 60_000, "no part was written within a minute");
            Thread.Sleep(10);
        }
        running.Send(signal);
        return running.Finish();
    }

    private static void MatchAnUninterruptedRun(StudyFolder folder, string run, long[] dies)
    {
        folder.Run("run", StudyFolder.Study, "--samples", $"{dies[^1] + 1}", "--out", "whole", "--quiet").Succeeded();
        foreach (string column in new[] { "temperature_c", "cross_entropy", "accuracy_hold_1ms" })
        {
            double[] whole = DieRows.Reals(folder.PathOf("whole"), column);
            Assert.Equal(dies.Select(die => whole[die]), DieRows.Reals(run, column));
        }
    }
}
