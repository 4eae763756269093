using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;
using YieldLab.Tests.Cli;

namespace YieldLab.SimulationTests;

/// <summary>What a long run says of itself while it runs.</summary>
public sealed partial class ProgressTests
{
    // So many that they take days on any machine of today.
    private const double Dies = 1e11;

    [Fact]
    public void Redirected_progress_is_plain_lines_whose_time_left_is_the_dies_left_by_the_rate()
    {
        CommandLine.SkipUnlessItHears("INT");
        using var folder = new StudyFolder();
        Answer answer = RunForAWhile(folder);
        Assert.Equal(130, answer.ExitCode);
        Assert.DoesNotContain('\u001b', answer.Error);
        string[] lines = answer.Error.TrimEnd().Split(Environment.NewLine);
        Assert.StartsWith("yieldlab: interrupted; ", lines[^1]);
        Assert.NotEmpty(lines[..^1]);
        Assert.All(lines[..^1], HasTheRightTimeLeft);
        // The result so far is printed all the same.
        Assert.Contains("all specs", answer.Output);
    }

    // A line comes every 5 s.
    private static Answer RunForAWhile(StudyFolder folder)
    {
        string[] run = ["run", StudyFolder.Study, "--samples", $"{Dies:0}", "--set", StudyFolder.ImpossibleDies];
        using var running = CommandLine.Start(folder.Root, run);
        Thread.Sleep(TimeSpan.FromSeconds(8));
        running.Send("INT");
        return running.Finish();
    }

    private static void HasTheRightTimeLeft(string line)
    {
        Match match = Line().Match(line);
        Assert.True(match.Success, line);
        double done = double.Parse(match.Groups["done"].Value, CultureInfo.InvariantCulture);
        double rate = double.Parse(match.Groups["rate"].Value, CultureInfo.InvariantCulture);
        string days = match.Groups["days"].Success ? match.Groups["days"].Value : "0";
        double left = TimeSpan.Parse($"{days}.{match.Groups["left"].Value}", CultureInfo.InvariantCulture).TotalSeconds;
        double expected = (Dies - done) / rate;
        // The rate is printed as a whole number and the time in whole seconds.
        Assert.InRange(left, expected * (1 - 1 / rate) - 1, expected * (1 + 1 / rate) + 1);
    }

    [GeneratedRegex(
        @"^(?<done>\d+) of 100000000000 dies, (?<rate>\d+)/s, (?:(?<days>\d+) d )?(?<left>[\d:]+) left, yield \d+\.\d ?%, \d+ failed$"
    )]
    private static partial Regex Line();
}
